package io.kagu.common.publish;

import static io.kagu.common.Samples.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.Kafka;
import io.kagu.common.Samples;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.Priority;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.TopicConfig;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Against a real broker; the dispatcher's results and events are written by hand. */
@ExtendWith(KafkaExtension.class)
final class JobPublisherTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static Kafka kafka;
    private static JobPublisher publisher;

    @BeforeAll
    static void start(TestKafka server) throws Exception {
        kafka = new Kafka(server).withTopics();
        new RegistryPublisher(kafka.producer(), kafka.topics().registry())
                .replace(Registry.EMPTY, Registry.of(List.of(Samples.fullGpu())));
        publisher =
                JobPublisher.start(
                        kafka.config(),
                        kafka.topicConfig(),
                        PublisherConfig.of("test").responseWait(Duration.ofMillis(200)));
    }

    @AfterAll
    static void stop() {
        publisher.close();
        kafka.close();
    }

    private static JobRequest.Builder request() {
        return JobRequest.of("standard", Body.of("{\"prompt\":1}"));
    }

    private static void writeResult(String jobId, String body) throws Exception {
        kafka.write(
                kafka.topics().results(),
                jobId,
                body.getBytes(UTF_8),
                new JobResult(jobId, 200, "application/json", "gpu-a", 2, NOON, NOON)
                        .headers("disp-1"));
    }

    private static void writeEnd(String jobId, JobEvent.Type type, JobStatus state)
            throws Exception {
        kafka.write(
                kafka.topics().events(),
                jobId,
                Json.write(JobEvent.of(type, Samples.ended(jobId, state))));
    }

    @Test
    void aSubmissionIsStoredInItsPrioritysTopicUnderItsPool() throws Exception {
        BlockingQueue<ConsumerRecord<String, byte[]>> rows = new LinkedBlockingQueue<>();
        try (TopicFollower follower =
                TopicFollower.start(
                        kafka.clients(),
                        kafka.topics().jobs(Priority.HIGH),
                        TopicFollower.From.END,
                        rows::add)) {
            assertThat(follower.caughtUp()).succeedsWithin(SOON);

            Submission submission =
                    publisher.submit(request().priority(Priority.HIGH).tenant("team-a").build());

            assertThat(submission.acknowledgement())
                    .succeedsWithin(SOON)
                    .satisfies(stored -> {
                        assertThat(stored.jobId()).isEqualTo(submission.jobId());
                        assertThat(stored.pool()).isEqualTo("big");
                    });
            ConsumerRecord<String, byte[]> row = rows.poll(30, TimeUnit.SECONDS);
            assertThat(row).isNotNull();
            assertThat(row.key()).isEqualTo("big");
            assertThat(row.value()).asString().isEqualTo("{\"prompt\":1}");
            Job job =
                    JobRecords.read(
                            row.headers(),
                            Priority.HIGH,
                            new JobRecords.Origin(row.topic(), 0, 0, NOON));
            assertThat(job.id()).isEqualTo(submission.jobId());
            assertThat(job.model()).isEqualTo("standard");
            assertThat(job.tenant()).isEqualTo("team-a");
            submission.response().cancel(false);
        }
    }

    @Test
    void theResponseComesThroughTheResults() throws Exception {
        Submission submission = publisher.submit(request().build());

        writeEnd(submission.jobId(), JobEvent.Type.JOB_STARTED, JobStatus.RUNNING);
        writeResult(submission.jobId(), "{\"answer\":42}");

        assertThat(submission.response())
                .succeedsWithin(SOON)
                .isEqualTo(
                        new JobResponse(
                                submission.jobId(),
                                200,
                                "application/json",
                                Body.of("{\"answer\":42}"),
                                "gpu-a",
                                2));
    }

    @Test
    void anEndWithoutResponseComesThroughTheEvents() throws Exception {
        Submission submission = publisher.submit(request().build());

        writeEnd(submission.jobId(), JobEvent.Type.JOB_DEAD, JobStatus.DEAD);

        assertThat(submission.response())
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .asInstanceOf(type(JobEndedException.class))
                .satisfies(end -> assertThat(end.state()).isEqualTo(JobStatus.DEAD));
    }

    @Test
    void aJobThatCompletedLongBeforeSaysWhereItsResponseIs() throws Exception {
        Submission again = publisher.submit(request().id("done-yesterday").build());

        writeEnd("done-yesterday", JobEvent.Type.JOB_COMPLETED, JobStatus.COMPLETED);

        assertThat(again.response())
                .failsWithin(SOON)
                .withThrowableThat()
                .withMessageContaining("GET /v1/jobs/done-yesterday/result");
    }

    @Test
    void anUnknownModelIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> publisher.submit(JobRequest.of("none", Body.of("")).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no GPU serves model none; served are [coder-27b, tiny-4b]");
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        Body large = Body.of(new byte[kafka.topicConfig().maxBodyBytes() + 1]);

        assertThatThrownBy(() -> publisher.submit(JobRequest.of("standard", large).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the body has 4097 bytes, allowed are 4096");
    }

    @Test
    void closingFailsWhatIsStillPendingAndRefusesWhatComes() throws Exception {
        JobPublisher other = JobPublisher.start(kafka.config(), kafka.topicConfig(), "short-lived");
        Submission submission = other.submit(request().build());
        assertThat(other.pendingCount()).isEqualTo(1);

        other.close();

        assertThat(submission.acknowledgement()).succeedsWithin(SOON);
        assertThat(submission.response())
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(PublishException.class);
        assertThatThrownBy(() -> other.submit(request().build()))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void withoutItsTopicsAPublisherDoesNotStart() {
        TopicConfig nowhere =
                new TopicConfig(kafka.topicConfig().prefix() + "no.", 1, (short) 1, 1, 1, 1);

        assertThatThrownBy(() -> JobPublisher.start(kafka.config(), nowhere, "test"))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("there is no topic " + nowhere.prefix());
    }
}
