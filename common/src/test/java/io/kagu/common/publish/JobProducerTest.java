package io.kagu.common.publish;

import static io.kagu.common.Samples.NOON;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.Samples;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

final class JobProducerTest {

    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final JobProducer producer = new JobProducer(kafka, new Topics("t."), "test");

    private CompletableFuture<JobView> send() {
        return producer.send(Samples.fullJob(), "big", "body".getBytes(UTF_8));
    }

    private ProducerRecord<String, byte[]> sent(String topic) {
        return kafka.history().stream()
                .filter(row -> row.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theJobGoesToItsPrioritysTopicAndIsReadBackAsItWas() {
        CompletableFuture<JobView> _ = send();
        ProducerRecord<String, byte[]> row = sent("t.jobs.high");

        assertThat(row.key()).isEqualTo("big");
        assertThat(row.value()).asString().isEqualTo("body");
        assertThat(
                        JobRecords.read(
                                row.headers(),
                                Samples.fullJob().priority(),
                                new JobRecords.Origin(row.topic(), 0, 0, NOON)))
                .isEqualTo(Samples.fullJob());
    }

    @Test
    void theAcceptedEventTellsReadersOfTheJob() {
        CompletableFuture<JobView> _ = send();
        ProducerRecord<String, byte[]> row = sent("t.jobs.events");

        assertThat(row.key()).isEqualTo("job-1");
        assertThat(Json.read(row.value(), JobEvent.class))
                .isEqualTo(
                        JobEvent.of(
                                JobEvent.Type.JOB_ACCEPTED,
                                JobView.accepted(Samples.fullJob(), "big")));
    }

    @Test
    void onlyBothAcknowledgementsMakeOne() {
        CompletableFuture<JobView> accepted = send();
        assertThat(accepted).isNotDone();

        kafka.completeNext();
        assertThat(accepted).isNotDone();

        kafka.completeNext();
        assertThat(accepted).isCompletedWithValue(JobView.accepted(Samples.fullJob(), "big"));
    }

    @Test
    void eitherFailureFailsTheWhole() {
        CompletableFuture<JobView> accepted = send();

        kafka.completeNext();
        kafka.errorNext(new KafkaException("no broker"));

        assertThat(accepted).isCompletedExceptionally();
    }

    @Test
    void aSendThatThrowsFailsTheFuture() {
        kafka.sendException = new KafkaException("buffer full");

        assertThat(send()).isCompletedExceptionally();
    }
}
