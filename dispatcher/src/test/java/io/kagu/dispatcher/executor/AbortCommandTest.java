package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.codec.BadJsonException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class AbortCommandTest {

    @Test
    void itsBytesAreTheContract() {
        var row = AbortCommand.of("job-1", 2).toRecord("aborts");

        assertThat(row.topic()).isEqualTo("aborts");
        assertThat(row.key()).isEqualTo("job-1");
        assertThat(new String(row.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"schema\":1,\"job_id\":\"job-1\",\"attempt\":2}");
        assertThat(AbortCommand.read(row.value())).isEqualTo(AbortCommand.of("job-1", 2));
    }

    @Test
    void unknownFieldsAreIgnored() {
        byte[] json =
                "{\"schema\":2,\"job_id\":\"a\",\"attempt\":1,\"new\":true}"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(AbortCommand.read(json).jobId()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "null", "[]", "{}", "{\"job_id\":\"a\"}", "{\"attempt\":1}"})
    void whatIsNoAbortIsRefused(String json) {
        assertThatThrownBy(() -> AbortCommand.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadJsonException.class);
    }
}
