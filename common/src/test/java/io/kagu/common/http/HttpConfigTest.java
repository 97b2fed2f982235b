package io.kagu.common.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.config.SettingsException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

final class HttpConfigTest {

    private static HttpConfig checked(String host, boolean allowed) {
        return new HttpConfig(host, 0, 1024).checked("KAGU_X_HOST", allowed, "KAGU_X_OPEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost", "127.1.2.3"})
    void loopbackIsAlwaysAllowed(String host) {
        assertThat(checked(host, false).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "::"})
    void anyOtherAddressOnlyIfTheOperatorSaidSo(String host) {
        assertThat(checked(host, true).host()).isEqualTo(host);
        assertThatThrownBy(() -> checked(host, false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_X_HOST=" + host + " listens beyond loopback")
                .hasMessageContaining("set KAGU_X_OPEN=true");
    }

    @Test
    void anAddressThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> checked("256.0.0.1.", false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAGU_X_HOST=256.0.0.1.")
                .hasMessageContaining("is no known host");
    }

    @Test
    void aChosenPortIsOneThatNoOutgoingConnectionGets() throws IOException {
        HttpConfig chosen = new HttpConfig("127.0.0.1", 0, 1024).withRealPort();

        assertThat(chosen.port()).isBetween(10_000, 19_999);
        assertThat(chosen.withRealPort()).isEqualTo(chosen);
        InetAddress host = InetAddress.getByName(chosen.host());
        try (ServerSocket server = new ServerSocket(chosen.port(), 1, host)) {
            assertThat(server.isBound()).isTrue();
        }
    }

    @Test
    void anAddressOfAnotherMachineHasNoFreePort() {
        HttpConfig elsewhere = new HttpConfig("192.0.2.1", 0, 1024);

        assertThatThrownBy(elsewhere::withRealPort)
                .isInstanceOf(HttpStartException.class)
                .hasMessageStartingWith("no port is free on 192.0.2.1");
    }
}
