package io.kagu.local.gpu;

import static io.kagu.local.gpu.GpuClient.CHAT;
import static io.kagu.local.gpu.GpuClient.chat;
import static io.kagu.local.gpu.GpuClient.eventually;
import static io.kagu.local.gpu.GpuClient.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class CallFaultsTest {

    private final SimulatedGpu gpu = SimulatedGpu.start(config());
    private final GpuClient client = new GpuClient(gpu);

    @AfterEach
    void stop() {
        client.close();
        gpu.close();
    }

    @Test
    void itFailsWithAStatus() throws Exception {
        gpu.faults().on(new Fault.FailWith(503));

        var response = client.ask("hi");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).at("/error/type").asText()).isEqualTo("server_error");
        assertThat(gpu.callLog().calls().getFirst().status()).isEqualTo(503);
        assertThat(gpu.callLog().ended(CallEnding.FAULTED)).isEqualTo(1);
    }

    @Test
    void itAsksToComeBackLater() throws Exception {
        gpu.faults().on(new Fault.TooManyRequests(7));

        var response = client.ask("hi");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    void itHangsUntilTheFaultIsCleared() throws Exception {
        gpu.faults().on(new Fault.Hang(), new Reach.Next(1));
        var hung = client.start("hung", chat("hi", ""));
        eventually(() -> gpu.callLog().running() == 1 && gpu.faults().active().isEmpty());
        assertThat(client.ask("another").statusCode()).isEqualTo(200);
        assertThat(hung).isNotDone();

        gpu.faults().clear();

        assertThat(hung.get().statusCode()).isEqualTo(200);
    }

    @Test
    void closingTheGpuCutsHungCallsOff() {
        gpu.faults().on(new Fault.Hang());
        var hung = client.start("hung", chat("hi", ""));
        eventually(() -> gpu.callLog().running() == 1);

        gpu.close();

        assertThatThrownBy(hung::get).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aSlowCallIsStillComputing() throws Exception {
        try (var timed = SimulatedGpu.start(config().withServiceTime(oneMillisecond()));
                var caller = new GpuClient(timed)) {
            timed.faults().on(new Fault.Slow(1_000_000), new Reach.Next(1));
            var slow = caller.start("slow", chat("hi", ""));
            eventually(() -> timed.callLog().running() == 1);

            assertThat(caller.ask("another").statusCode()).isEqualTo(200);
            assertThat(slow).isNotDone();
        }
    }

    @Test
    void aSlowCallTakesThatManyTimesAsLong() {
        var normal = oneMillisecond().timing(10, 1);
        var slow = oneMillisecond().timing(10, 30);

        assertThat(slow.total(5)).isEqualTo(normal.total(5).multipliedBy(30));
    }

    @Test
    void aBrokenBodyIs200AndNoJson() throws Exception {
        gpu.faults().on(new Fault.BrokenBody());

        var response = client.ask("hi");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("{\"id\":");
        assertThatThrownBy(() -> GpuClient.JSON.readTree(response.body()))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void aBrokenStreamEndsWithoutDone() throws Exception {
        gpu.faults().on(new Fault.BrokenBody());

        var response = client.post(CHAT, chat("hi", "\"stream\":true,"));

        assertThat(response.body()).contains("chat.completion.chunk").doesNotContain("[DONE]");
        assertThat(gpu.callLog().ended(CallEnding.FAULTED)).isEqualTo(1);
    }

    @Test
    void theConnectionDropsInTheMiddleOfTheResponse() {
        gpu.faults().on(new Fault.DropConnection());

        assertThatThrownBy(() -> client.ask("hi")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.post(CHAT, chat("hi", "\"stream\":true,")))
                .isInstanceOf(IOException.class);
        assertThat(gpu.callLog().ended(CallEnding.FAULTED)).isEqualTo(2);
    }

    @Test
    void aFaultCanHitTheNextCallsOnly() throws Exception {
        gpu.faults().on(new Fault.FailWith(500), new Reach.Next(2));

        assertThat(statuses(4)).containsExactly(500, 500, 200, 200);
        assertThat(gpu.faults().active()).isEmpty();
    }

    @Test
    void aFaultCanHitSomeCallsAndTheSeedSaysWhich() throws Exception {
        gpu.faults().on(new Fault.FailWith(500), new Reach.Sometimes(0.5));
        var first = statuses(40);
        try (var twin = SimulatedGpu.start(config());
                var caller = new GpuClient(twin)) {
            twin.faults().on(new Fault.FailWith(500), new Reach.Sometimes(0.5));
            for (int status : first) {
                assertThat(caller.ask("hi").statusCode()).isEqualTo(status);
            }
        }
        assertThat(first).contains(200, 500);
    }

    @Test
    void ofSeveralFaultsTheFirstSwitchedOnDecides() throws Exception {
        gpu.faults().on(new Fault.FailWith(500), new Reach.Next(1));
        gpu.faults().on(new Fault.FailWith(502), new Reach.Next(1));

        assertThat(statuses(3)).containsExactly(500, 502, 200);
    }

    private List<Integer> statuses(int calls) throws Exception {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < calls; i++) {
            statuses.add(client.ask("hi").statusCode());
        }
        return statuses;
    }

    private static SimulatedGpuConfig config() {
        return SimulatedGpuConfig.of("gpu-a", "m")
                .withSlots(4)
                .withServiceTime(ServiceTime.NONE)
                .withSeed(5);
    }

    private static ServiceTime oneMillisecond() {
        var one = Duration.ofMillis(1);
        return new ServiceTime(one, Duration.ofNanos(1_000), Duration.ofNanos(2_000), 0);
    }
}
