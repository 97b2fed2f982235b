package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.ServedModel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class ModelFieldTest {

    private static final ServedModel SERVED =
            new ServedModel("small", List.of("standard"), Optional.of("org/small"));

    private static String replaced(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new String(ModelField.replaced(bytes, "new \"é"), StandardCharsets.UTF_8);
    }

    private static CallBuilder call() {
        return CallBuilder.to(URI.create("http://127.0.0.1:1")).serving(SERVED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"model":"m"}                     | {"model":"new \\"é"}
                    {"a":1.10,"model" : "m", "b":[1]} | {"a":1.10,"model" : "new \\"é", "b":[1]}
                    {"é":"ü","model":"é€😀"}           | {"é":"ü","model":"new \\"é"}
                    {"model":""}                      | {"model":"new \\"é"}
                    {"model":"a","model":"b"}         | {"model":"new \\"é","model":"new \\"é"}
                    {"x":{"model":"in"},"model":"m"}  | {"x":{"model":"in"},"model":"new \\"é"}
                    {"mod\\u0065l":"m"}               | {"mod\\u0065l":"new \\"é"}
                    {"model":"a\\"b\\\\"}             | {"model":"new \\"é"}
                    """)
    void onlyTheTopLevelModelChanges(String body, String expected) {
        assertThat(replaced(body)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[{\"model\":\"m\"}]",
                "\"model\"",
                "{\"messages\":[]}",
                "{\"model\":null}",
                "{\"model\":{\"model\":\"m\"}}",
                "{\"x\":[{\"model\":\"m\"}]}",
                "{\"model\":\"m\"",
                "{\"model\":\"m\",oops}"
            })
    void whatHasNoTopLevelModelStays(String body) {
        assertThat(replaced(body)).isEqualTo(body);
    }

    @Test
    void aByteOrderMarkDoesNotShiftTheCut() {
        assertThat(replaced("\uFEFF{\"model\":\"m\"}"))
                .isEqualTo("\uFEFF{\"model\":\"new \\\"é\"}");
    }

    @Test
    void otherEncodingsThanUtf8Stay() {
        byte[] body = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(ModelField.replaced(body, "new")).isSameAs(body);
    }

    @Test
    void aLongBodyIsCutAtTheRightPlace() {
        String filler = "{\"text\":\"" + "é".repeat(300_000) + "\",\"model\":\"";

        assertThat(replaced(filler + "m\"}")).isEqualTo(filler + "new \\\"é\"}");
    }

    @Test
    void nameAndAliasBothBecomeTheServersName() {
        assertThat(sent(call().asking("small").body("{\"model\":\"small\"}").build()))
                .isEqualTo("{\"model\":\"org/small\"}");
        assertThat(sent(call().asking("standard").body("{\"model\":\"standard\"}").build()))
                .isEqualTo("{\"model\":\"org/small\"}");
    }

    @Test
    void theBodyItselfIsSentWhenTheNamesAgree() {
        Call call = call().serving(ServedModel.of("small")).build();

        assertThat(ModelField.bodyFor(call)).isSameAs(call.body());
    }

    @Test
    void theBodyItselfIsSentWhenItIsNotJson() {
        Call call = call().contentType("text/plain").build();

        assertThat(ModelField.bodyFor(call)).isSameAs(call.body());
    }

    @Test
    void aFallbacksServerIsAskedForItsOwnModel() {
        Call call = call().asking("large").body("{\"model\":\"large\"}").build();

        assertThat(sent(call)).isEqualTo("{\"model\":\"large\"}");
        assertThat(sent(call.workedBy("small"))).isEqualTo("{\"model\":\"org/small\"}");
    }

    @Test
    void aFallbackWithoutAnotherNameIsAskedForByItsName() {
        Call call =
                call().serving(ServedModel.of("tiny"))
                        .asking("large")
                        .body("{\"model\":\"large\"}")
                        .build();

        assertThat(sent(call.workedBy("tiny"))).isEqualTo("{\"model\":\"tiny\"}");
    }

    private static String sent(Call call) {
        return new String(ModelField.bodyFor(call), StandardCharsets.UTF_8);
    }
}
