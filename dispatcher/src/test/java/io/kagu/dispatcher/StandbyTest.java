package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.JobStatus;
import io.kagu.common.kafka.KafkaConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A takeover by a replica that kept the stores up to date, and by one that did not. */
@ExtendWith(KafkaExtension.class)
class StandbyTest {

    private static final int JOBS = 300;

    /** Each job has a body and a row. */
    private static final int ROWS = 2 * JOBS;

    /** What may be written while the owner stops. */
    private static final int NEXT_TO_NOTHING = 100;

    private final TestKafka broker;
    private final List<Replica> replicas = new ArrayList<>();
    private DispatcherRig rig;

    @TempDir Path folder;

    StandbyTest(TestKafka broker) {
        this.broker = broker;
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aStandbyHasNextToNothingToReadWhenItTakesOver() throws Exception {
        start("ahead", 1);
        Replica standby = other(owner());
        DispatcherRig.patiently().until(() -> standby.count(RestoreMeter.READ_AHEAD) >= ROWS);

        assertThat(restoredAtTakeover()).isLessThan(NEXT_TO_NOTHING);
    }

    @Test
    void withoutStandbysEveryRowIsReadAtTheTakeover() throws Exception {
        start("behind", 0);

        assertThat(restoredAtTakeover()).isGreaterThanOrEqualTo(ROWS);
    }

    /** Two replicas, and jobs that wait. */
    private void start(String installation, int standbys) throws Exception {
        String prefix = broker.topicPrefix() + installation + '.';
        rig = new DispatcherRig(KafkaConfig.of(broker.bootstrapServers()), prefix, folder);
        Map<String, String> settings =
                Map.of("KAGU_DISPATCHER_STANDBY_REPLICAS", Integer.toString(standbys));
        for (String name : List.of("one", "two")) {
            MeterRegistry meters = new SimpleMeterRegistry();
            replicas.add(new Replica(rig.dispatcher(name, settings, meters), meters));
        }
        DispatcherRig.patiently()
                .until(() -> replicas.stream().allMatch(each -> each.service().ready()));
        for (int i = 0; i < JOBS; i++) {
            rig.submit("job-" + i);
        }
        DispatcherRig.patiently().until(() -> rig.told(1) == JOBS);
    }

    /** Stops the owner; says what the other one read before it finished all jobs. */
    private double restoredAtTakeover() {
        Replica owner = owner();
        Replica next = other(owner);
        double before = next.count(RestoreMeter.RESTORED);
        rig.stop(owner.service());
        rig.gpu().letGo(1_000); // those that the owner broke off, too
        for (int i = 0; i < JOBS; i++) {
            rig.awaitState("job-" + i, JobStatus.COMPLETED);
        }
        return next.count(RestoreMeter.RESTORED) - before;
    }

    private Replica owner() {
        return replicas.stream().filter(Replica::owns).findFirst().orElseThrow();
    }

    private Replica other(Replica replica) {
        return replicas.stream().filter(each -> each != replica).findFirst().orElseThrow();
    }

    private record Replica(DispatcherService service, MeterRegistry meters) {

        double count(String meter) {
            return meters.get(meter).counter().count();
        }

        boolean owns() {
            return meters.find("kagu.pool.slots").tag("pool", DispatcherRig.POOL).gauge() != null;
        }
    }
}
