package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.job.JobEvent;
import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

final class JsonTest {

    record Sample(
            String someName,
            Optional<Instant> at,
            OptionalInt count,
            OptionalLong size,
            Optional<Priority> priority,
            Duration took,
            List<Integer> numbers,
            Map<String, Integer> more) {}

    private static final Sample EMPTY =
            new Sample(
                    "a",
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Duration.ofMillis(1500),
                    List.of(),
                    Map.of());

    @Test
    void namesAreSnakeCaseAndAbsentValuesAreLeftOut() {
        assertThat(Json.write(EMPTY))
                .asString()
                .isEqualTo("{\"some_name\":\"a\",\"took\":\"PT1.5S\",\"numbers\":[],\"more\":{}}");
    }

    @Test
    void absentAndNullOptionalsAreEmptyNeverNull() {
        String absent = "{\"some_name\":\"a\",\"took\":\"PT1.5S\",\"numbers\":[],\"more\":{}}";
        String isNull =
                """
                {"some_name":"a","at":null,"count":null,"size":null,"priority":null,
                 "took":"PT1.5S","numbers":[],"more":{}}
                """;

        assertThat(Json.read(absent.getBytes(UTF_8), Sample.class)).isEqualTo(EMPTY);
        assertThat(Json.read(isNull.getBytes(UTF_8), Sample.class)).isEqualTo(EMPTY);
    }

    @Test
    void timesAreUtc() {
        assertThat(Json.write(Instant.parse("2026-03-01T12:00:00.120Z")))
                .asString()
                .isEqualTo("\"2026-03-01T12:00:00.120Z\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret prompt",
                "{\"some_name\": secret}",
                "{\"some_name\":\"secret",
                "{\"secret\":1,,}",
                "{\"took\":\"secret\"}",
                "{\"at\":\"secret\"}",
                "{\"count\":\"secret\"}",
                "{\"priority\":\"secret\"}",
                "{\"numbers\":{\"secret\":1}}",
                "{\"numbers\":[1,\"secret\"]}",
                "{\"more\":{\"secret\":\"secret\"}}",
                "[\"secret\"]",
                "\"secret\"",
                "{\"some_name\":{\"secret\":1}}",
                "secret\u0000\u0001",
            })
    void anErrorSaysWhereButNeverQuotesTheContent(String bad) {
        assertThatThrownBy(() -> Json.read(bad.getBytes(UTF_8), Sample.class))
                .isInstanceOf(BadJsonException.class)
                .hasMessageStartingWith("no Sample: ")
                .hasMessageContaining("line 1")
                .hasNoCause()
                .message()
                .doesNotContain("secret");
    }

    @Test
    void anErrorNamesTheField() {
        assertThatThrownBy(() -> Json.read("{\"took\":\"x\"}".getBytes(UTF_8), Sample.class))
                .hasMessageStartingWith("no Sample: bad value of took at line 1, column");
        assertThatThrownBy(() -> Json.read("{\"numbers\":[1,\"x\"]}".getBytes(UTF_8), Sample.class))
                .hasMessageStartingWith("no Sample: bad value of numbers.1 at");
        assertThatThrownBy(
                        () -> Json.read("{\"more\":{\"x\":\"y\"}}".getBytes(UTF_8), Sample.class))
                .hasMessageStartingWith("no Sample: bad value of more.* at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "{\"type\":\"JOB_MELTED\"}"})
    void aValueWithoutItsRequiredPartsIsBad(String json) {
        assertThatThrownBy(() -> Json.read(json.getBytes(UTF_8), JobEvent.class))
                .isInstanceOf(BadJsonException.class);
    }

    @Test
    void aTreeIsReadTheSameWay() {
        assertThat(Json.tree("{\"model\":\"m\"}".getBytes(UTF_8)).path("model").asText())
                .isEqualTo("m");
        assertThatThrownBy(() -> Json.tree("{\"a\": secret".getBytes(UTF_8)))
                .isInstanceOf(BadJsonException.class)
                .hasMessageStartingWith("no JSON: malformed at line 1")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void nothingAtAllIsNoTree() {
        assertThat(Json.tree(new byte[0]).isMissingNode()).isTrue();
    }
}
