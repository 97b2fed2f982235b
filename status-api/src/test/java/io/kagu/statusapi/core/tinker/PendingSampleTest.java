package io.kagu.statusapi.core.tinker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.QueueStory;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.JobStanding;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.QueueSnapshot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

class PendingSampleTest {

    private static final Instant NOW = JobStory.T0;

    private final JobStory story = new JobStory("job-1");
    private final QueueStory queue = QueueStory.at(NOW).lane(Priority.NORMAL, 8, 3).withRate(2);

    @Test
    void numbersAreWholeButForTheEstimate() {
        assertThat(json(story.queued(), Optional.of(queue)))
                .isEqualTo(
                        "{\"request_id\":\"job-1\",\"type\":\"pending\",\"status\":\"waiting\","
                                + "\"queue_state\":\"active\","
                                + "\"queue_state_reason\":\"4 ahead, 2 of 2 slots busy\","
                                + "\"queue_position\":4,\"queue_depth\":8,"
                                + "\"estimated_wait_s\":2.0,\"progress\":null,"
                                + "\"retry_after_s\":2}");
    }

    @Test
    void whatIsNotKnownIsNullAndThereAllTheSame() {
        assertThat(json(story.queued(), Optional.empty()))
                .contains(
                        "\"queue_state\":\"paused_capacity\"",
                        "\"queue_position\":null,\"queue_depth\":null,\"estimated_wait_s\":null");
    }

    @Test
    void untilACallWasMeasuredAFirstAverageGivesTheEstimate() {
        QueueStory unmeasured = QueueStory.at(NOW).lane(Priority.NORMAL, 8, 3);

        assertThat(json(story.queued(), Optional.of(unmeasured)))
                .contains("\"estimated_wait_s\":120.0", "\"retry_after_s\":60");
        assertThat(json(story.queued(), Optional.of(unmeasured.withSlots(0))))
                .contains("\"estimated_wait_s\":null");
        assertThat(
                        json(
                                story.queued(),
                                Optional.of(
                                        unmeasured.withPauses(
                                                new Pause(
                                                        PauseScope.POOL,
                                                        Optional.empty(),
                                                        Optional.empty())))))
                .contains("\"estimated_wait_s\":null", "paused_capacity");
    }

    @ParameterizedTest
    @CsvSource({
        "limited, limited, paused_rate_limit",
        "limited, draining, paused_rate_limit",
        "limited, full, active",
        "limited, , active",
        "full, full, active"
    })
    void aJobThatOnlyLimitsHoldBackIsSaidToBePausedByThem(String one, String other, String state) {
        QueueStory limited = queue.withGpus(gpu("a", one), gpu("b", other));

        assertThat(json(story.queued(), Optional.of(limited)))
                .contains("\"queue_state\":\"%s\"".formatted(state));
        assertThat(json(story.running(), Optional.of(limited)))
                .contains("\"queue_state\":\"active\"", "\"status\":\"processing\"");
    }

    @Test
    void anEndWithoutResponseIsTheUsersIfTheGpuRejectedIt() {
        assertThat(FailedSample.of(story.ended(JobStatus.DEAD, "rejected")))
                .isEqualTo(new FailedSample("dead: because of rejected", "user"));
        assertThat(FailedSample.of(story.ended(JobStatus.CANCELLED, "cancelled")).category())
                .isEqualTo("user");
        assertThat(FailedSample.of(story.ended(JobStatus.DEAD, "attempts_exhausted")).category())
                .isEqualTo("server");
        assertThat(FailedSample.of(story.ended(JobStatus.EXPIRED, "deadline")).category())
                .isEqualTo("server");
    }

    private static GpuStatus gpu(String name, String hindrance) {
        return new GpuStatus(
                name,
                1,
                0,
                "CLOSED",
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(hindrance),
                Optional.empty());
    }

    private static String json(JobView job, Optional<QueueStory> story) {
        Optional<QueueSnapshot> queue = story.map(it -> QueueSnapshot.of(it.status(), NOW));
        JobStanding standing =
                JobStanding.waits(job)
                        ? JobStanding.estimated(job, queue, Inexact.OWNER_BUSY)
                        : JobStanding.ofOneThatWaitsNot(job, queue);
        Pending pending =
                PendingSample.withFirstEstimate(Pending.of(job, standing, queue, NOW), job, queue);
        return new String(
                Json.write(PendingSample.of(pending, job, queue)), StandardCharsets.UTF_8);
    }
}
