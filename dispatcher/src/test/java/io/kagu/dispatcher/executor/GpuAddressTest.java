package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;

class GpuAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://h:1, /v1/chat/completions, http://h:1/v1/chat/completions",
        "http://h:1/, /v1/chat/completions, http://h:1/v1/chat/completions",
        "http://h/v1, /v1/chat/completions, http://h/v1/chat/completions",
        "http://h/v1/, /v1/models, http://h/v1/models",
        "http://h/a/v1, /v1/models, http://h/a/v1/models",
        "http://h/av1, /v1/models, http://h/av1/v1/models",
        "http://h/gpu%201, /v1/models, http://h/gpu%201/v1/models",
        "http://[::1]:8000/x, /generate, http://[::1]:8000/x/generate",
        "https://h/api, /api, https://h/api"
    })
    void basePathAndJobPathAreJoined(URI endpoint, String path, URI expected) {
        assertThat(GpuAddress.of(endpoint, path)).isEqualTo(expected);
    }

    @Test
    void anEndpointWithoutHostIsRefused() {
        assertThatThrownBy(() -> GpuAddress.of(URI.create("http:/v1"), "/v1/models"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
