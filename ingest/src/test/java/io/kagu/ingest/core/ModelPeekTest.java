package io.kagu.ingest.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class ModelPeekTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"m\"}                                  | m",
                "{\"messages\":[{\"model\":\"no\"}],\"model\":\"m\"} | m",
                "{\"x\":{\"model\":\"no\"} , \"model\" : \"ü/7b\"}   | ü/7b",
                "{\"model\":\"m\", broken                           | m"
            })
    void theFirstTopLevelModelIsFound(String json, String model) {
        assertThat(ModelPeek.into(body(json))).contains(model);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "[{\"model\":\"m\"}]",
                "{}",
                "{\"model\":7}",
                "{\"x\":",
                "{\"model\":{\"model\":\"m\"}}",
                "model",
                "\"model\""
            })
    void anythingElseIsNoFault(String json) {
        assertThat(ModelPeek.into(body(json))).isEmpty();
    }

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
