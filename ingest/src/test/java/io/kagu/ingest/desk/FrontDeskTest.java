package io.kagu.ingest.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.admission.Thresholds;
import io.kagu.common.admission.Thresholds.Percent;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.publish.JobProducer;
import io.kagu.common.topic.Topics;
import io.kagu.ingest.core.Admission;
import io.kagu.ingest.core.Answer;
import io.kagu.ingest.core.Arrival;
import io.kagu.ingest.core.Body;
import io.kagu.ingest.core.Field;
import io.kagu.ingest.core.Fields;
import io.kagu.ingest.core.JobReader;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.Submission;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

class FrontDeskTest {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(
                    false,
                    new RoundRobinPartitioner(),
                    new StringSerializer(),
                    new ByteArraySerializer());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Optional<Registry> registry = Optional.of(oneGpu());

    @Test
    void aJobIsAcceptedOnlyOnceJobAndEventAreBothInKafka() {
        CompletableFuture<Answer> answer = desk(10).submit(job("a"));

        assertThat(answer).isNotDone();
        kafka.completeNext();
        assertThat(answer).isNotDone();
        kafka.completeNext();

        assertThat(answer.join()).isInstanceOf(Answer.Accepted.class);
        assertThat(count("accepted")).isEqualTo(1);
    }

    @Test
    void aJobThatKafkaRefusesIsNotStoredAndGivesItsPlaceBack() {
        FrontDesk desk = desk(1);
        CompletableFuture<Answer> lost = desk.submit(job("a"));
        kafka.errorNext(new TimeoutException("no broker"));
        kafka.completeNext();

        assertThat(lost.join())
                .isEqualTo(new Answer.Refused(new Refusal.NotStored(Optional.of("a"))));
        assertThat(desk.submit(job("b"))).isNotDone();
        assertThat(count("not_stored")).isEqualTo(1);
    }

    @Test
    void aJobOnItsWayIntoKafkaHoldsItsPlace() {
        FrontDesk desk = desk(1);
        CompletableFuture<Answer> first = desk.submit(job("a"));

        assertThat(desk.submit(job("b")).join())
                .isEqualTo(new Answer.Refused(new Refusal.QueueFull(1, 1, Optional.empty())));
        assertThat(first).isNotDone();
    }

    @Test
    void aKafkaThatNeverAnswersIsNotWaitedForLongerThanTheTimeOut() {
        FrontDesk impatient = desk(10, Duration.ofMillis(1));

        assertThat(impatient.submit(job("a")).join())
                .isEqualTo(new Answer.Refused(new Refusal.NotStored(Optional.of("a"))));
    }

    @Test
    void aRegistryThatWasNotReadIsNoEmptyOne() {
        registry = Optional.empty();
        assertThat(desk(10).submit(job("a")).join())
                .isEqualTo(new Answer.Refused(new Refusal.NoModels(false)));
        assertThat(count("registry_not_ready")).isEqualTo(1);

        registry = Optional.of(Registry.EMPTY);
        assertThat(desk(10).submit(job("a")).join())
                .isEqualTo(new Answer.Refused(new Refusal.NoModels(true)));
        assertThat(count("registry_empty")).isEqualTo(1);
    }

    private double count(String code) {
        return meters.counter("kagu.ingest.submissions", "code", code, "priority", "normal")
                .count();
    }

    private FrontDesk desk(int capacity) {
        return desk(capacity, STORE_TIMEOUT);
    }

    private FrontDesk desk(int capacity, Duration storeTimeout) {
        Admission admission = new Admission(Thresholds.of(capacity, Percent.DEFAULT));
        JobProducer producer = new JobProducer(kafka, new Topics("t."), "test");
        return new FrontDesk(
                new JobReader(100),
                () -> registry,
                new PoolIntake(
                        new PoolGates(admission, InstantSource.system()),
                        new JobStore(producer, storeTimeout)),
                new IngestMetrics(meters));
    }

    private static Arrival job(String id) {
        Fields fields = Fields.ofHeaders().with(Field.MODEL, "m").with(Field.ID, id);
        return new Arrival.Complete(Submission.plain(fields, Body.of(new byte[] {1})));
    }

    private static Registry oneGpu() {
        return Registry.of(
                List.of(
                        new GpuSpec(
                                "gpu",
                                URI.create("http://127.0.0.1:9/"),
                                Sidecar.NONE,
                                "pool",
                                "gpu",
                                List.of(ServedModel.of("m")),
                                1,
                                0,
                                0,
                                300,
                                GpuLimits.NONE,
                                Optional.empty())));
    }
}
