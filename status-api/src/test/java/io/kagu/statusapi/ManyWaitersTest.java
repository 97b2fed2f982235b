package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** Ten thousand callers who wait at one replica, over real connections. */
@ExtendWith(KafkaExtension.class)
class ManyWaitersTest {

    private static final int WAITERS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Connections come and go, pools grow: still no thread for each of thousands. */
    private static final int A_FEW = 100;

    /** The heap that one who waits may take: a connection, its request and its wait. */
    private static final long WAITER_BYTES = 40_000;

    private final JobStory job = new JobStory(UUID.randomUUID().toString());

    @TempDir Path folder;
    private StatusUnderTest status;

    @BeforeEach
    void start(TestKafka kafka) {
        status = StatusUnderTest.on(kafka, folder.resolve("state"));
    }

    @AfterEach
    void stop() {
        status.close();
    }

    @Test
    void whoWaitsForAResponseHoldsNoThreadBeItVirtualAndLittleMemory() throws Exception {
        status.event(job.running());
        assertThat(status.get("/v1/jobs/" + job.id()).statusCode()).isEqualTo(200);
        long before = threads();
        long heapBefore = usedHeap();

        String path = "/v1/jobs/" + job.id() + "/result?wait=60";
        try (HeldRequests held = HeldRequests.send(status.replica().port(), path, WAITERS)) {
            await().atMost(PATIENCE).until(() -> status.waiting() == WAITERS);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(threads()).isLessThan(before + A_FEW));
            assertThat((usedHeap() - heapBefore) / WAITERS).isLessThan(WAITER_BYTES);

            status.result(job.id(), 200, "application/json", new byte[] {'1'});
            status.event(job.completed());

            assertThat(held.answers()).isEqualTo("{HTTP/1.1 200=" + WAITERS + "}");
        }
        await().until(() -> status.waiting() == 0);
    }

    @Test
    void theCountOfThreadsSeesVirtualOnes() throws Exception {
        long before = threads();
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 5 * A_FEW; i++) {
            Thread.startVirtualThread(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(threads()).isGreaterThan(before + 4 * A_FEW);
        end.countDown();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** All threads of this process, platform and virtual. */
    private long threads() throws IOException {
        Path dump = folder.resolve(UUID.randomUUID() + ".json");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
        return Pattern.compile("\"tid\"").matcher(Files.readString(dump)).results().count();
    }
}
