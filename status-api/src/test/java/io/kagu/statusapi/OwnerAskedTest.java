package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.Priority;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The pool's owner is asked over HTTP where a job stands. */
@ExtendWith(KafkaExtension.class)
class OwnerAskedTest {

    private final JobStory job = new JobStory(UUID.randomUUID().toString());
    private final ScriptedOwner owner = new ScriptedOwner();

    @TempDir Path stateDir;
    private StatusUnderTest status;

    @BeforeEach
    void start(TestKafka kafka) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        status = StatusUnderTest.on(kafka, stateDir);
        status.event(job.queued(7));
        heard();
        await().until(() -> job().path("exact").asBoolean());
    }

    @AfterEach
    void stop() {
        status.close();
        owner.close();
    }

    /** The owner's status, as of a time that lets it count as fresh for the whole test. */
    private void heard() {
        Instant later = Instant.now().plus(Duration.ofHours(1));
        status.queue(
                QueueStory.at(later)
                        .lane(Priority.NORMAL, 10, 5)
                        .withRate(2)
                        .status()
                        .reachableAt(owner.url()));
    }

    private JsonNode job() {
        return StatusReplica.json(status.get("/v1/jobs/" + job.id()));
    }

    @Test
    void aWaitingJobTellsWhatItsOwnerSays() {
        JsonNode answer = job();

        assertThat(answer.path("queue_position").asInt()).isEqualTo(7);
        assertThat(answer.path("queue_depth").asInt()).isEqualTo(41);
        assertThat(answer.path("estimated_wait_s").asDouble()).isEqualTo(2.5);
        assertThat(answer.path("estimated_wait_p90_s").asDouble()).isEqualTo(6);
        assertThat(answer.path("wait_reasons").path(0).path("code").asText()).isEqualTo("full");
        assertThat(answer.path("queue_state_reason").asText()).isEqualTo("all slots are taken (2)");
        assertThat(answer.has("inexact_because")).isFalse();
    }

    @Test
    void whoWaitsInVainIsToldTheOwnersWordOfTheEndOfTheWait() {
        owner.puts(3);
        int before = owner.asked.size();

        HttpResponse<String> answer = status.get("/v1/jobs/" + job.id() + "/result?wait=1");

        assertThat(answer.statusCode()).isEqualTo(408);
        assertThat(answer.headers().firstValue("X-Queue-Position")).contains("3");
        assertThat(answer.headers().firstValue("X-Queue-Depth")).contains("41");
        assertThat(answer.headers().firstValue("X-Queue-ETA-S")).contains("2.5");
        JsonNode pending = StatusReplica.json(answer);
        assertThat(pending.path("exact").asBoolean()).isTrue();
        assertThat(pending.path("reasons").path(0).path("count").asInt()).isEqualTo(2);
        assertThat(owner.asked).as("asked once, when the wait was over").hasSize(before + 1);
    }

    @Test
    void anOwnerThatLostThePoolIsNotAskedAgainBeforeItIsHeardAnew() {
        owner.losesThePool();
        JsonNode answer = await().until(this::job, told -> !told.path("exact").asBoolean());
        int refused = owner.asked.size();

        assertThat(answer.path("inexact_because").asText()).isEqualTo("owner_moved");
        assertThat(answer.path("queue_position").asInt()).as("estimated").isEqualTo(2);
        assertThat(answer.path("estimated_wait_p90_s").asDouble())
                .isGreaterThan(answer.path("estimated_wait_s").asDouble());
        assertThat(job().path("exact").asBoolean()).isFalse();
        assertThat(owner.asked).hasSize(refused);

        heard();
        await().until(() -> {
            job();
            return owner.asked.size() > refused;
        });
    }

    @Test
    void anOwnerThatIsGoneLeavesAnEstimate() {
        owner.close();

        JsonNode answer = await().until(this::job, told -> !told.path("exact").asBoolean());

        assertThat(answer.path("inexact_because").asText()).isEqualTo("owner_unreachable");
        assertThat(answer.path("queue_position").asInt()).isEqualTo(2);
    }
}
