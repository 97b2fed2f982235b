package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

class TokenUsageTest {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String STREAM = "text/event-stream";

    private static OptionalLong used(String contentType, String body) {
        return TokenUsage.of(contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"usage\":{\"total_tokens\":42}}",
                "{\"usage\":{\"prompt_tokens\":40,\"total_tokens\":42,\"completion_tokens\":7}}",
                "{\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":2}}",
                "{\"usage\":{\"prompt_tokens\":42,\"total_tokens\":0}}",
                "{\"usage\":{\"total_tokens\":null,\"prompt_tokens\":42}}",
                "{\"usage\":{\"details\":{\"total_tokens\":9},\"total_tokens\":42}}",
                "{\"usage\":null,\"choices\":[{\"usage\":{\"total_tokens\":9}}],"
                        + "\"usage\":{\"total_tokens\":42}}",
                "{\"object\":\"list\",\"data\":[{\"embedding\":[0.1,-2e-3]}],"
                        + "\"usage\":{\"prompt_tokens\":42,\"total_tokens\":42}}"
            })
    void usageIsReadFromTheTopLevel(String body) {
        assertThat(used(JSON, body)).hasValue(42);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[{\"usage\":{\"total_tokens\":42}}]",
                "{\"choices\":[{\"usage\":{\"total_tokens\":42}}]}",
                "{\"usage\":42}",
                "{\"usage\":{}}",
                "{\"usage\":{\"total_tokens\":0}}",
                "{\"usage\":{\"total_tokens\":-42}}",
                "{\"usage\":{\"total_tokens\":42.5}}",
                "{\"usage\":{\"total_tokens\":\"42\"}}",
                "{\"usage\":{\"total_tokens\":1000000001}}",
                "{\"usage\":{\"total_tokens\":99999999999999999999999999}}",
                "{\"usage\":{\"prompt_tokens\":42"
            })
    void whatCannotBeReadIsUnknown(String body) {
        assertThat(used(JSON, body)).isEmpty();
    }

    @Test
    void otherMediaTypesAreNotLookedInto() {
        assertThat(used("text/plain", "{\"usage\":{\"total_tokens\":42}}")).isEmpty();
    }

    @Test
    void aStreamSaysItNearItsEnd() {
        String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}\n\n";
        String last = "data: {\"choices\":[],\"usage\":{\"total_tokens\":42}}\n\ndata: [DONE]\n\n";

        assertThat(used(STREAM, chunk.repeat(50) + last)).hasValue(42);
        assertThat(used("Text/Event-Stream;charset=utf-8", last.replace("\n", "\r\n")))
                .hasValue(42);
        assertThat(used(STREAM, "data:{\"usage\":{\"total_tokens\":42}}")).hasValue(42);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "dat",
                "data:",
                "data: [DONE]",
                ": {\"usage\":{\"total_tokens\":42}}",
                "data: {\"usage\":{\"total_tokens\":42"
            })
    void aStreamWithoutUsageIsUnknown(String body) {
        assertThat(used(STREAM, body)).isEmpty();
    }
}
