package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.JobRecords.Origin;
import io.kagu.common.gpu.Registry;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.dispatcher.GoldenFile;
import io.kagu.dispatcher.core.Handover;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.pool.Intake.Decision;
import io.kagu.dispatcher.pool.Intake.Decision.Forward;
import io.kagu.dispatcher.pool.Intake.Decision.Take;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

class IntakeTest {

    private static final int PARTITIONS = 8;
    private static final Registry GPUS = Registry.of(List.of(PoolGpu.in("p1")));

    private final Intake intake = new Intake(PARTITIONS);
    private final int home = intake.partitionOf("p1");

    @Test
    void aJobOnItsPoolsPartitionIsTakenUnderTheModelsOwnName() {
        Decision decision = decide(RecordSample.job("p1", "standard"), home);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Take.class,
                        take -> {
                            assertThat(take.pool()).isEqualTo("p1");
                            assertThat(take.model()).isEqualTo("small");
                            assertThat(take.job().model()).isEqualTo("standard");
                            assertThat(take.job().priority()).isEqualTo(Priority.HIGH);
                        });
    }

    @Test
    void aJobWithoutAKeyOrWithAnotherGoesToThePoolThatServesItsModel() {
        assertThat(decide(RecordSample.job(null, "small"), home))
                .isEqualTo(new Forward(Priority.HIGH, "p1"));
        assertThat(decide(RecordSample.job("p2", "small"), home))
                .isEqualTo(new Forward(Priority.HIGH, "p1"));
    }

    @Test
    void aJobOnAnotherPartitionGoesToThatOfItsPool() {
        assertThat(decide(RecordSample.job("p1", "small"), (home + 1) % PARTITIONS))
                .isEqualTo(new Forward(Priority.HIGH, "p1"));
    }

    @Test
    void whereTheRegistryKnowsNothingTheProducersKeyStands() {
        RecordSample job = RecordSample.job("p7", "unheard-of");

        assertThat(decide(job, intake.partitionOf("p7")))
                .isInstanceOfSatisfying(
                        Take.class,
                        take -> {
                            assertThat(take.pool()).isEqualTo("p7");
                            assertThat(take.model()).isEqualTo("unheard-of");
                        });
    }

    @Test
    void withoutAKeyAnUnknownModelGoesToTheDefaultPool() {
        Forward fallback = new Forward(Priority.HIGH, "default");

        assertThat(decide(RecordSample.job(null, "unheard-of"), home)).isEqualTo(fallback);
        assertThat(decide(RecordSample.job("  ", "unheard-of"), home)).isEqualTo(fallback);
    }

    @Test
    void aJobThatWasForwardedBelongsToThePoolOfItsKeyWhateverTheRegistrySays() {
        RecordSample job = RecordSample.job("p2", "small").with(CloudEventHeaders.FORWARDED, "1");

        assertThat(decide(job, intake.partitionOf("p2")))
                .isInstanceOfSatisfying(
                        Take.class,
                        take -> {
                            assertThat(take.pool()).isEqualTo("p2");
                            assertThat(take.before()).isEmpty();
                        });
    }

    @Test
    void aJobThatWasForwardedToAnotherPartitionGoesThere() {
        RecordSample job = RecordSample.job("p2", "small").with(CloudEventHeaders.FORWARDED, "1");
        int elsewhere = (intake.partitionOf("p2") + 1) % PARTITIONS;

        assertThat(decide(job, elsewhere)).isEqualTo(new Forward(Priority.HIGH, "p2"));
    }

    @Test
    void aForwardedJobThatNamesNoPoolGoesToThatOfItsModel() {
        RecordSample job = RecordSample.job(null, "small").with(CloudEventHeaders.FORWARDED, "1");

        assertThat(decide(job, home)).isEqualTo(new Forward(Priority.HIGH, "p1"));
    }

    @Test
    void aJobGoesOnWhereAnotherPoolLeftIt() {
        JobRow row = Objects.requireNonNull(RowSample.byState().get("forwarded"));
        Emission sent =
                new Emissions("/test")
                        .forward(row, (JobState.Forwarded) row.state(), bytes("body"));
        Record<String, byte[]> record = sent.message();
        int place = intake.partitionOf("p2");

        Decision decision = intake.decide(record, Priority.HIGH, RecordSample.at(place, 5), GPUS);

        assertThat(sent.sink()).isEqualTo(Sinks.jobs(Priority.HIGH));
        assertThat(record.value()).isEqualTo(bytes("body"));
        assertThat(decision)
                .isEqualTo(new Take(row.job(), "p2", "small", Optional.of(Handover.of(row))));
        new GoldenFile("handover-v1.json")
                .mustBe(
                        RecordSample.text(record.headers(), CloudEventHeaders.HANDOVER)
                                .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"version\":0",
                "\"version\":9000000000000000000",
                "\"run\":0",
                "\"attempt\":-1",
                "\"queued_at\":-1",
                "\"deadline\":9000000000000000000",
                "\"tally\":{\"faults\":-1}",
                "\"tally\":null",
                "\"attempts\":null",
                "\"attempts\":[{\"number\":1}]"
            })
    void aHandoverThatNoPoolWroteIsRefused(String changed) {
        String golden = new GoldenFile("handover-v1.json").read();
        String cut = golden.substring(0, golden.lastIndexOf('}'));

        assertThatThrownBy(() -> decide(handingOver(cut + ',' + changed + '}')))
                .isInstanceOf(BadJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "no json"})
    void whatIsNoHandoverIsRefused(String text) {
        assertThatThrownBy(() -> decide(handingOver(text))).isInstanceOf(BadJsonException.class);
    }

    private Decision decide(RecordSample job) {
        return decide(job, intake.partitionOf("p2"));
    }

    private static RecordSample handingOver(String handover) {
        return RecordSample.job("p2", "small")
                .with(CloudEventHeaders.FORWARDED, "1")
                .with(CloudEventHeaders.HANDOVER, handover);
    }

    @Test
    void whoForwardsNothingHandsNothingOver() {
        RecordSample job = RecordSample.job("p1", "small").with(CloudEventHeaders.HANDOVER, "{}");

        assertThat(decide(job, home))
                .isInstanceOfSatisfying(Take.class, take -> assertThat(take.before()).isEmpty());
    }

    @Test
    void aJobThatNamesNoModelIsABadRecord() {
        RecordSample job = RecordSample.job("p1", "");

        assertThatThrownBy(() -> decide(job, home))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining(CloudEventHeaders.MODEL);
    }

    @Test
    void aForwardedRecordKeepsItsBodyAndGetsTheIdOfItsFirstPlaceOnce() {
        Origin origin = RecordSample.at(3, 17);
        Record<String, byte[]> job = RecordSample.job("p2", "small").row();

        Record<String, byte[]> forwarded = Intake.forward(job, origin, "p1");

        assertThat(forwarded.key()).isEqualTo("p1");
        assertThat(forwarded.value()).isEqualTo(job.value());
        assertThat(RecordSample.text(forwarded.headers(), CloudEventHeaders.FORWARDED))
                .contains("1");
        assertThat(RecordSample.text(forwarded.headers(), CloudEventHeaders.ID))
                .contains(JobRecords.idOf(job.headers(), origin));
        assertThat(forwarded.headers().headers(CloudEventHeaders.ID)).hasSize(1);
        assertThat(job.headers().lastHeader(CloudEventHeaders.FORWARDED)).isNull();
    }

    @Test
    void aForwardedRecordWithAnIdKeepsIt() {
        Record<String, byte[]> job =
                RecordSample.job("p2", "small").with(CloudEventHeaders.ID, "mine").row();

        Headers headers = Intake.forward(job, RecordSample.at(3, 17), "p1").headers();

        assertThat(headers.headers(CloudEventHeaders.ID)).hasSize(1);
        assertThat(RecordSample.text(headers, CloudEventHeaders.ID)).contains("mine");
    }

    @Test
    void theDigestTellsBodiesApart() {
        assertThat(Intake.digest(bytes("one"))).isEqualTo(Intake.digest(bytes("one")));
        assertThat(Intake.digest(bytes("one"))).isNotEqualTo(Intake.digest(bytes("two")));
        assertThat(Intake.digest(bytes(""))).isNotEqualTo(Intake.digest(bytes("\0")));
        assertThat(Intake.digest(bytes("123456789")))
                .as("length and the check value of CRC-32C")
                .isEqualTo((9L << 32) | 0xE3069283L);
    }

    @Test
    void aJobCostsWhatItSaysOrElseATokenForFourBytes() {
        Job silent = Job.of("job", "small", Priority.HIGH, Instant.EPOCH);

        assertThat(Intake.cost(RowSample.job("job"), bytes("1234"))).isEqualTo(250);
        assertThat(Intake.cost(silent, bytes("123456789"))).isEqualTo(3);
        assertThat(RowSample.costing(Intake.cost(silent, bytes(""))).cost()).isEqualTo(1);
        assertThat(RowSample.costing(Long.MAX_VALUE).cost()).isEqualTo(10_000_000);
    }

    private Decision decide(RecordSample job, int partition) {
        return intake.decide(job.row(), Priority.HIGH, RecordSample.at(partition, 5), GPUS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
