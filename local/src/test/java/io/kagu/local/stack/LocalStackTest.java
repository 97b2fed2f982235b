package io.kagu.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kagu.local.gpu.ServiceTime;
import io.kagu.local.gpu.SimulatedGpu;
import io.kagu.local.gpu.SimulatedGpuConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class LocalStackTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path dir;

    private LocalStackConfig config(Duration callTime) {
        SimulatedGpuConfig gpu =
                SimulatedGpuConfig.of("gpu-test", "m").withServiceTime(ServiceTime.fixed(callTime));
        return LocalStackConfig.of(dir, Map.of())
                .withGpus(new GpuSource.Simulated(List.of(SimulatedCard.of(gpu))));
    }

    @Test
    void aHighJobStartsBeforeAllThatWait() throws Exception {
        try (LocalStack stack = LocalStack.start(config(Duration.ofMillis(300)));
                StackClient client = new StackClient(stack)) {
            SimulatedGpu gpu = stack.gpus().getFirst();
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add("job-" + i);
                assertThat(client.submit("job-" + i, i % 2 == 0 ? "low" : "normal")).isEqualTo(202);
            }
            await().atMost(PATIENCE).until(() -> gpu.callLog().started() >= 2);
            all.add("urgent");
            assertThat(client.submit("urgent", "high")).isEqualTo(202);
            long startedBefore = gpu.callLog().started();
            for (String id : all) {
                await().atMost(PATIENCE).until(() -> client.result(id) == 200);
            }

            List<String> order = gpu.callLog().jobIdsInOrder();
            // One slot may have become free between the answer and the dispatcher's intake.
            assertThat((long) order.indexOf("urgent")).isLessThanOrEqualTo(startedBefore + 1);
            assertThat(order).containsExactlyInAnyOrderElementsOf(all);
            assertThat(gpu.callLog().maxRunning()).isEqualTo(1);
        }
    }

    @Test
    void aPausedLaneWaitsAndEverybodyIsToldUntilItIsResumed() throws Exception {
        try (LocalStack stack = LocalStack.start(config(Duration.ofMillis(10)));
                StackClient client = new StackClient(stack)) {
            String low = "{\"priority\":\"low\",\"reason\":\"night\"}";
            assertThat(client.post("queue/default/pause", low)).isEqualTo(202);
            await().atMost(PATIENCE)
                    .until(() -> client.get("queue").contains("\"reason\":\"night\""));

            client.submit("low-1", "low");
            client.submit("normal-1", "normal");
            await().atMost(PATIENCE).until(() -> client.result("normal-1") == 200);
            String place = "pools/default/jobs/low-1/place";
            await().atMost(PATIENCE).until(() -> client.get(place).contains("\"paused\""));
            assertThat(client.get("jobs/low-1")).contains("QUEUED", "it is paused: night");
            assertThat(stack.gpus().getFirst().callLog().jobIdsInOrder())
                    .containsExactly("normal-1");

            assertThat(client.post("queue/default/resume", low)).isEqualTo(202);
            await().atMost(PATIENCE).until(() -> client.result("low-1") == 200);
            assertThat(client.get(place)).contains("COMPLETED").doesNotContain("position");
        }
    }

    @Test
    void theNextStartKeepsQueueAndHistory() throws Exception {
        try (LocalStack stack = LocalStack.start(config(Duration.ofMillis(10)));
                StackClient client = new StackClient(stack)) {
            client.submit("done", "normal");
            await().atMost(PATIENCE).until(() -> client.result("done") == 200);
            stack.gpus().getFirst().close();
            client.submit("left", "low");
        }
        try (LocalStack stack = LocalStack.start(config(Duration.ofMillis(10)));
                StackClient client = new StackClient(stack)) {
            await().atMost(PATIENCE).until(() -> client.result("done") == 200);
            await().atMost(PATIENCE).until(() -> client.result("left") == 200);

            assertThat(stack.gpus().getFirst().callLog().jobIdsInOrder()).containsExactly("left");
            assertThatThrownBy(() -> LocalStack.start(config(Duration.ZERO)))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("in use by another kagu");
        }
    }
}
