package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.broker.BrokerConfig;
import io.kagu.broker.EmbeddedBroker;
import io.kagu.common.job.JobStatus;
import io.kagu.common.kafka.KafkaConfig;

import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** A broker that does not answer for longer than any producer waits, and a disk that fails. */
class BrokerTroubleTest {

    /** As in production, only shorter: a delivery that is given up, tried again by who sent it. */
    private static final Map<String, String> SHORT_TIMES =
            Map.of(
                    "delivery.timeout.ms", "4000",
                    "request.timeout.ms", "1500",
                    "max.block.ms", "2000");

    private static final Duration LONGER_THAN_THOSE = Duration.ofSeconds(12);
    private static final int JOBS = 30;

    /** Of which some make a store write a file. */
    private static final byte[] LARGE = new byte[1_000_000];

    private EmbeddedBroker broker;
    private DispatcherRig rig;

    @TempDir Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(BrokerConfig.in(folder.resolve("broker")));
        KafkaConfig kafka = new KafkaConfig(broker.bootstrapServers(), SHORT_TIMES);
        rig = new DispatcherRig(kafka, "trouble.", folder.resolve("stores"));
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        broker.kill();
    }

    private void signal(String name) throws Exception {
        List<String> command = List.of("kill", "-" + name, Long.toString(broker.pid()));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private void awaitCompletion() {
        for (int i = 0; i < JOBS; i++) {
            rig.awaitState("job-" + i, JobStatus.COMPLETED);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void outcomesOfCallsThatEndWhileNoBrokerAnswersAreStoredWhenOneDoes() throws Exception {
        DispatcherService service = rig.dispatcher("one", Map.of());
        rig.gpu().letGo(3);
        for (int i = 0; i < JOBS; i++) {
            rig.submit("job-" + i);
        }
        rig.awaitState("job-2", JobStatus.COMPLETED);
        signal("STOP");
        rig.gpu().letGo(2);
        assertThatThrownBy(() -> rig.submit("unheard"))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        Thread.sleep(LONGER_THAN_THOSE);
        // The brokers do not hear it.
        DispatcherRig.patiently().until(() -> !service.ready());
        signal("CONT");
        DispatcherRig.patiently().until(service::ready);
        rig.gpu().letGo(1_000);

        awaitCompletion();
        assertThat(rig.gpu().started()).as("no job is called twice").doesNotHaveDuplicates();
        assertThat(service.failure()).isNotDone();
    }

    @Test
    void aStateFolderThatFailsEndsTheReplicaAndTheNextOneFinishesEveryJob() throws Exception {
        DispatcherService first = rig.dispatcher("one", Map.of());
        rig.gpu().letGo(2);
        for (int i = 0; i < 4; i++) {
            rig.submit("job-" + i);
        }
        rig.awaitState("job-1", JobStatus.COMPLETED);
        deleteStores();
        for (int i = 4; i < JOBS; i++) {
            rig.submit("job-" + i, LARGE);
        }

        assertThat(first.failure())
                .succeedsWithin(DispatcherRig.PATIENCE)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("the state folder " + folder.resolve("stores/one"), "disk has room");
        assertThat(first.ready()).isFalse();
        rig.stop(first);
        rig.gpu().letGo(1_000);
        rig.dispatcher("one", Map.of());
        awaitCompletion();
    }

    /** What a full disk does to a store: the next file cannot be written. */
    private void deleteStores() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("stores"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (file.toString().contains("rocksdb")) {
                    Files.delete(file);
                }
            }
        }
    }
}
