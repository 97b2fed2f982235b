package io.kagu.local.gpu;

import static io.kagu.local.gpu.GpuClient.chat;
import static io.kagu.local.gpu.GpuClient.eventually;
import static io.kagu.local.gpu.GpuClient.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Slots, the engine's queue before them, and clients that leave either. */
class SlotsTest {

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
    void whatExceedsTheSlotsWaitsInOrder() throws Exception {
        gpu.faults().on(new Fault.Hang());
        var calls = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 1; i <= 5; i++) {
            calls.add(client.start("job-" + i, chat("question " + i, "")));
            awaitRunning(i);
        }
        eventually(() -> metric("vllm:num_requests_waiting") == 3);
        assertThat(metric("vllm:num_requests_running")).isEqualTo(2);
        assertThat(metric("llamacpp:requests_deferred")).isEqualTo(3);

        gpu.faults().clear();

        for (var call : calls) {
            assertThat(call.get().statusCode()).isEqualTo(200);
        }
        assertThat(gpu.callLog().jobIdsInOrder())
                .containsExactly("job-1", "job-2", "job-3", "job-4", "job-5");
        assertThat(gpu.callLog().maxRunning()).isEqualTo(5);
        eventually(() -> metric("vllm:num_requests_running") == 0);
    }

    @Test
    void aClientThatLeavesFreesItsSlotForTheNextInTheQueue() throws Exception {
        gpu.faults().on(new Fault.Hang(), new Reach.Next(2));
        var first = client.start("first", chat("a", ""));
        var second = client.start("second", chat("b", ""));
        eventually(() -> metric("vllm:num_requests_running") == 2);
        var third = client.start("third", chat("c", ""));
        eventually(() -> metric("vllm:num_requests_waiting") == 1);

        first.cancel(true);

        assertThat(third.get().statusCode()).isEqualTo(200);
        eventually(() -> gpu.callLog().ended(CallEnding.ABORTED) == 1);
        assertThat(gpu.callLog().calls().getFirst().jobId()).hasValue("first");
        assertThat(gpu.callLog().calls().getFirst().ending()).isEqualTo(CallEnding.ABORTED);
        assertThat(second).isNotDone();
        assertThat(gpu.callLog().running()).isEqualTo(1);
    }

    @Test
    void aClientThatLeavesTheQueueIsForgotten() throws Exception {
        gpu.faults().on(new Fault.Hang());
        var served = List.of(client.start("a", chat("a", "")), client.start("b", chat("b", "")));
        awaitRunning(2);
        var waiting = client.start("c", chat("c", ""));
        eventually(() -> metric("vllm:num_requests_waiting") == 1);

        waiting.cancel(true);

        eventually(() -> metric("vllm:num_requests_waiting") == 0);
        eventually(() -> gpu.callLog().ended(CallEnding.ABORTED) == 1);
        gpu.faults().clear();
        for (var call : served) {
            assertThat(call.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsRequestIsNoticed() throws Exception {
        var endpoint = URI.create(gpu.endpoint());
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            var half =
                    "POST /v1/chat/completions HTTP/1.1\r\n"
                            + "Host: gpu\r\n"
                            + "Content-Length: 99\r\n\r\n"
                            + "{";
            socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            awaitRunning(1);
        }

        eventually(() -> gpu.callLog().ended(CallEnding.ABORTED) == 1);
        assertThat(gpu.callLog().running()).isZero();
    }

    @Test
    void aClientThatLeavesAStreamIsNoticed() throws Exception {
        gpu.faults().on(new Fault.Hang());
        var call = client.start("a", chat("a", "\"stream\":true,"));
        awaitRunning(1);

        call.cancel(true);

        eventually(() -> gpu.callLog().ended(CallEnding.ABORTED) == 1);
        eventually(() -> metric("vllm:num_requests_running") == 0);
    }

    @Test
    void aClientThatLeavesIsNoticedAlsoAfterAWhileInWhichNobodyWaited() throws Exception {
        client.ask("served");
        eventually(SlotsTest::nobodyLooks);
        gpu.faults().on(new Fault.Hang());
        var call = client.start("a", chat("a", ""));
        awaitRunning(1);

        call.cancel(true);

        eventually(() -> gpu.callLog().ended(CallEnding.ABORTED) == 1);
        eventually(SlotsTest::nobodyLooks);
    }

    private static boolean nobodyLooks() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("gpu-client-watch"));
    }

    @Test
    void aSlotThatAClientGaveUpDoesNotCountAgainstTheNextCall() throws Exception {
        gpu.faults().on(new Fault.Hang());
        for (int i = 0; i < 20; i++) {
            var pair = List.of(client.start("a", chat("a", "")), client.start("b", chat("b", "")));
            awaitRunning(2);
            pair.forEach(call -> call.cancel(true));
            eventually(() -> gpu.callLog().running() == 0);
        }

        assertThat(gpu.callLog().maxRunning()).isEqualTo(2);
        assertThat(gpu.callLog().ended(CallEnding.ABORTED)).isEqualTo(40);
    }

    @Test
    void aConnectionIsReusedForManyCalls() throws Exception {
        for (int i = 0; i < 50; i++) {
            var answer = json(client.ask("question " + i));
            assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        }

        assertThat(gpu.callLog().maxRunning()).isEqualTo(1);
        assertThat(gpu.callLog().ended(CallEnding.COMPLETED)).isEqualTo(50);
    }

    private void awaitRunning(int calls) {
        eventually(() -> gpu.callLog().running() == calls);
    }

    private double metric(String name) throws Exception {
        return SidecarTest.metric(client.get(gpu.endpoint() + "/metrics").body(), name);
    }
}
