package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.dispatcher.core.Lease;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

class AssignmentRecordsTest {

    private static final Lease LEASE =
            new Lease("job-1", 3, "gpu-1", "executor-2", 1_000, 90_000, 5_000);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallArrivesAsItWasSent(boolean byFallback) {
        Call plain = call();
        Call sent = byFallback ? plain.workedBy("tiny") : plain;

        ProducerRecord<String, byte[]> record = AssignmentRecords.write("assignments", 4, sent);
        Call read = AssignmentRecords.read(arrived(record), name -> Optional.of(plain.gpu()));

        assertThat(record.key()).isEqualTo("executor-2");
        assertThat(record.partition())
                .isEqualTo(AssignmentRecords.partitionOf("executor-2", 4))
                .isBetween(0, 3);
        assertThat(read.job()).isEqualTo(sent.job());
        assertThat(read.pool()).isEqualTo(sent.pool());
        assertThat(read.lease()).isEqualTo(LEASE);
        assertThat(read.gpu()).isSameAs(plain.gpu());
        assertThat(read.model()).isEqualTo(sent.model());
        assertThat(read.body()).isEqualTo(sent.body());
    }

    /** Where a GPU is, and how to call it, only the registry tells. */
    @Test
    void nothingOfTheGpuButItsNameTravels() {
        ProducerRecord<String, byte[]> record = AssignmentRecords.write("assignments", 1, call());

        for (Header header : record.headers()) {
            assertThat(new String(header.value(), StandardCharsets.UTF_8))
                    .doesNotContain("10.1.2.3");
        }
        assertThatThrownBy(() -> AssignmentRecords.read(arrived(record), name -> Optional.empty()))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("unknown GPU gpu-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CloudEventHeaders.PRIORITY,
                CloudEventHeaders.POOL,
                CloudEventHeaders.ATTEMPT,
                CloudEventHeaders.EXECUTOR,
                CloudEventHeaders.STARTED,
                CloudEventHeaders.LEASE_DEADLINE,
                CloudEventHeaders.START_BEFORE
            })
    void whatIsMissingIsNamed(String header) {
        GpuSpec gpu = call().gpu();
        ProducerRecord<String, byte[]> record = AssignmentRecords.write("assignments", 1, call());
        record.headers().remove(header);

        assertThatThrownBy(() -> AssignmentRecords.read(arrived(record), name -> Optional.of(gpu)))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining(header);
    }

    private static Call call() {
        return CallBuilder.to(URI.create("http://10.1.2.3:8000"))
                .attempt(3)
                .spilledTo("executor-2", 5_000)
                .build();
    }

    private static ConsumerRecord<String, byte[]> arrived(ProducerRecord<String, byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                7,
                2_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
