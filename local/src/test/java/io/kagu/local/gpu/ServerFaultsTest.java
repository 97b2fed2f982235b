package io.kagu.local.gpu;

import static io.kagu.local.gpu.GpuClient.chat;
import static io.kagu.local.gpu.GpuClient.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;

class ServerFaultsTest {

    private final SimulatedGpu gpu =
            SimulatedGpu.start(
                    SimulatedGpuConfig.of("gpu-a", "m")
                            .withSlots(2)
                            .withServiceTime(ServiceTime.NONE));
    private final GpuClient client = new GpuClient(gpu);

    @AfterEach
    void stop() {
        client.close();
        gpu.close();
    }

    @Test
    void aRefusingServerStillAnswersTheCallsUnderWay() throws Exception {
        gpu.faults().on(new Fault.Hang());
        var underWay = client.start("under way", chat("hi", ""));
        eventually(() -> gpu.callLog().running() == 1);

        gpu.faults().on(new Fault.Refuse());
        assertThatThrownBy(() -> client.ask("new")).isInstanceOf(ConnectException.class);
        gpu.faults().clear();

        assertThat(underWay.get().statusCode()).isEqualTo(200);
        assertThat(askOnANewConnection()).isEqualTo(200);
    }

    @Test
    void aRefusingServerClosesIdleConnections() throws Exception {
        assertThat(client.ask("warm the connection").statusCode()).isEqualTo(200);

        gpu.faults().on(new Fault.Refuse());

        assertThatThrownBy(() -> client.ask("again")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.ask("and again")).isInstanceOf(ConnectException.class);
    }

    @Test
    void theDoorCanBeShutAndOpenedManyTimes() throws Exception {
        var endpoint = gpu.endpoint();
        for (int i = 0; i < 10; i++) {
            gpu.faults().on(new Fault.Refuse());
            gpu.faults().clear();
            assertThat(askOnANewConnection()).isEqualTo(200);
        }
        assertThat(gpu.endpoint()).isEqualTo(endpoint);
    }

    @Test
    void aDyingServerResetsItsConnectionsAndClearingRevivesIt() throws Exception {
        gpu.faults().on(new Fault.Hang(), new Reach.Next(1));
        var cutOff = client.start("cut off", chat("hi", ""));
        eventually(() -> gpu.callLog().running() == 1);

        gpu.faults().on(new Fault.Die());

        assertThatThrownBy(cutOff::get).hasRootCauseMessage("Connection reset");
        assertThatThrownBy(() -> client.ask("hi")).isInstanceOf(ConnectException.class);
        eventually(() -> gpu.callLog().ended(CallEnding.FAULTED) == 1);
        assertThat(gpu.callLog().running()).isZero();

        gpu.faults().clear();
        assertThat(askOnANewConnection()).isEqualTo(200);
    }

    @Test
    void theSidecarOutlivesTheServerAndSeesItsMemoryFree() throws Exception {
        long alive = vramUsed();

        gpu.faults().on(new Fault.Die());

        assertThat(vramUsed()).isLessThan(alive / 4);
        gpu.faults().clear();
        assertThat(vramUsed()).isEqualTo(alive);
    }

    @Test
    void aFaultOfTheWholeServerCannotHitSomeCalls() {
        assertThatThrownBy(() -> gpu.faults().on(new Fault.Die(), new Reach.Next(1)))
                .hasMessageContaining("Die concerns the whole server");
        assertThat(gpu.faults().active()).isEmpty();
    }

    @Test
    void aClosedGpuStaysClosed() {
        gpu.close();
        gpu.faults().on(new Fault.Refuse());
        gpu.faults().clear();

        assertThatThrownBy(() -> client.ask("hi")).isInstanceOf(ConnectException.class);
    }

    /** The usual client may still hold a connection that the shut door closed a moment ago. */
    private int askOnANewConnection() throws Exception {
        try (var fresh = new GpuClient(gpu)) {
            return fresh.ask("hi").statusCode();
        }
    }

    private long vramUsed() throws Exception {
        return GpuClient.json(client.get(gpu.sidecarUrl())).path("vram_used_mb").asLong();
    }
}
