package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

final class ResultBodyTest {

    private static ResultBody of(String text) {
        return ResultBody.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void jsonStaysAsItIsOnOneLine() {
        assertThat(of("{\r\n\"n\": 1.50,\n\"s\":\"a\\nb\"}"))
                .isEqualTo(new ResultBody.Structured("{  \"n\": 1.50, \"s\":\"a\\nb\"}"));
    }

    @Test
    void otherTextBecomesAString() {
        assertThat(of("data: {\"a\":1}\n\n"))
                .isEqualTo(new ResultBody.Text("\"data: {\\\"a\\\":1}\\n\\n\""));
        assertThat(of("{\"a\":1} trailing")).isInstanceOf(ResultBody.Text.class);
        assertThat(of("")).isEqualTo(new ResultBody.Text("\"\""));
    }

    @Test
    void bytesThatAreNoTextAreKeptInBase64() {
        assertThat(ResultBody.of(new byte[] {(byte) 0xff, 0}))
                .isEqualTo(new ResultBody.Binary("\"/wA=\""));
    }
}
