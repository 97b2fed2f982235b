package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kagu.common.codec.Json;
import io.kagu.common.job.DeathClass;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;

class RequeueRequestTest {

    @Test
    void anEmptyObjectMeansAllLettersAtAModestRate() {
        RequeueRequest request = read("{}");

        assertThat(request.dryRun()).isFalse();
        assertThat(request.ratePerSecond()).isEqualTo(10);
        assertThat(request.canary()).isZero();
        assertThat(request.limit()).isEqualTo(10_000);
        assertThat(request.filter()).isEqualTo(LetterFilter.read(Map.of()));
    }

    @Test
    void everyFieldIsRead() {
        RequeueRequest request =
                read(
                        "{\"class\":\"poison\",\"pool\":\"p\",\"dry_run\":true,"
                            + "\"rate_per_second\":0.5,\"canary\":3,\"limit\":7,\"model\":null}");

        assertThat(request.filter().deathClass()).contains(DeathClass.POISON);
        assertThat(request.filter().pool()).contains("p");
        assertThat(request.filter().model()).isEmpty();
        assertThat(request.dryRun()).isTrue();
        assertThat(request.ratePerSecond()).isEqualTo(0.5);
        assertThat(request.canary()).isEqualTo(3);
        assertThat(request.limit()).isEqualTo(7);
    }

    @Test
    void aRequestIsToldAsItWasAsked() {
        assertThat(Json.tree(Json.write(read("{\"class\":\"poison\",\"canary\":2}"))).toString())
                .isEqualTo(
                        "{\"class\":\"poison\",\"dry_run\":false,\"rate_per_second\":10.0,"
                                + "\"canary\":2,\"limit\":10000}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "body|''",
                "body|{",
                "body|[]",
                "body|null",
                "body|7",
                "body|{} {}",
                "fields|{\"al\":true}",
                "class|{\"class\":\"all\"}",
                "class|{\"class\":7}",
                "pool|{\"pool\":[\"p\"]}",
                "since|{\"since\":0}",
                "dry_run|{\"dry_run\":\"yes\"}",
                "rate_per_second|{\"rate_per_second\":0}",
                "rate_per_second|{\"rate_per_second\":-1}",
                "rate_per_second|{\"rate_per_second\":1e400}",
                "rate_per_second|{\"rate_per_second\":\"fast\"}",
                "canary|{\"canary\":101}",
                "canary|{\"canary\":1.5}",
                "canary|{\"canary\":true}",
                "limit|{\"limit\":0}",
                "limit|{\"limit\":99999999999999999999}",
            })
    void aFieldThatCannotBeTakenIsNamedWithWhatCould(String field, String body) {
        FieldException fault = catchThrowableOfType(FieldException.class, () -> read(body));

        assertThat(fault.field()).isEqualTo(field);
        assertThat(fault.allowed()).isNotBlank();
    }

    @Test
    void aDeepBodyIsRefused() {
        FieldException fault =
                catchThrowableOfType(FieldException.class, () -> read("[".repeat(30_000)));

        assertThat(fault.field()).isEqualTo("body");
    }

    @Test
    void noBytesWhateverDoMoreThanBeRefused() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] good =
                "{\"class\":\"poison\",\"canary\":2,\"limit\":5}".getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] body = good.clone();
            body[random.nextInt(body.length)] = (byte) random.nextInt();
            try {
                assertThat(RequeueRequest.read(body).limit()).isBetween(1, 100_000);
            } catch (FieldException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 4_999);
    }

    private static RequeueRequest read(String body) {
        return RequeueRequest.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
