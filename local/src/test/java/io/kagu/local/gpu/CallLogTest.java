package io.kagu.local.gpu;

import static io.kagu.local.gpu.GpuClient.chat;
import static io.kagu.local.gpu.GpuClient.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class CallLogTest {

    private static final SimulatedGpuConfig CONFIG =
            SimulatedGpuConfig.of("gpu-a", "m").withServiceTime(ServiceTime.NONE);

    @Test
    void aCallIsRememberedWithItsJob() throws Exception {
        try (var gpu = SimulatedGpu.start(CONFIG);
                var client = new GpuClient(gpu)) {
            var before = Instant.now();
            assertThat(client.start("job-7", chat("hi", "")).get().statusCode()).isEqualTo(200);

            var call = gpu.callLog().calls().getFirst();

            assertThat(call.number()).isEqualTo(1);
            assertThat(call.jobId()).hasValue("job-7");
            assertThat(call.attempt()).hasValue(2);
            assertThat(call.model()).isEqualTo("m");
            assertThat(call.ending()).isEqualTo(CallEnding.COMPLETED);
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.endNanos()).isGreaterThanOrEqualTo(call.startNanos());
            assertThat(call.startedAt()).isBetween(before, call.endedAt());
        }
    }

    @Test
    void aCallWithoutAJobIsRememberedToo() throws Exception {
        try (var gpu = SimulatedGpu.start(CONFIG);
                var client = new GpuClient(gpu)) {
            client.ask("hi");

            assertThat(gpu.callLog().calls().getFirst().jobId()).isEmpty();
            assertThat(gpu.callLog().calls().getFirst().attempt()).isEmpty();
            assertThat(gpu.callLog().jobIdsInOrder()).isEmpty();
        }
    }

    @Test
    void theOldestCallsAreDroppedAtTheLimit() throws Exception {
        try (var gpu = SimulatedGpu.start(CONFIG.withCallLogLimit(2));
                var client = new GpuClient(gpu)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.start("job-" + i, chat("hi", "")).get().statusCode())
                        .isEqualTo(200);
            }

            assertThat(gpu.callLog().jobIdsInOrder()).containsExactly("job-2", "job-3");
            assertThat(gpu.callLog().started()).isEqualTo(3);
        }
    }

    @Test
    void withoutALimitItOnlyCounts() throws Exception {
        try (var gpu = SimulatedGpu.start(CONFIG.withCallLogLimit(0));
                var client = new GpuClient(gpu)) {
            client.ask("hi");

            assertThat(gpu.callLog().calls()).isEmpty();
            assertThat(gpu.callLog().started()).isEqualTo(1);
            assertThat(gpu.callLog().ended(CallEnding.COMPLETED)).isEqualTo(1);
        }
    }

    @Test
    void anInstantGpuAnswersEveryCallAlike() throws Exception {
        try (var gpu = SimulatedGpu.start(SimulatedGpuConfig.instant("fast", "m"));
                var client = new GpuClient(gpu)) {
            var first = client.ask("one").body();
            var second = client.post(GpuClient.CHAT, "not even JSON").body();

            assertThat(second).isEqualTo(first);
            assertThat(json(first).at("/choices/0/message/content").asText()).isNotBlank();
            assertThat(gpu.callLog().ended(CallEnding.COMPLETED)).isEqualTo(2);
            gpu.faults().on(new Fault.FailWith(500));
            assertThat(client.ask("three").statusCode()).isEqualTo(500);
        }
    }
}
