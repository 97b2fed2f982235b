package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.JobStory;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

class ViewFoldTest {

    private static final long TIME = 1_000;

    private final JobStory story = new JobStory("job-1");

    @Test
    void theFirstEventIsStored() {
        Optional<ViewRow> known = folded(story.accepted());

        assertThat(known.orElseThrow().view()).isEqualTo(story.accepted());
        assertThat(known.orElseThrow().storedAt()).isEqualTo(TIME);
    }

    @Test
    void theHighestVersionStandsInWhateverOrderEventsCome() {
        List<JobView> events =
                new ArrayList<>(
                        Stream.of(
                                        story.accepted(),
                                        story.queued(),
                                        story.running(),
                                        story.completed())
                                .flatMap(view -> Stream.of(view, view))
                                .toList());
        for (long seed = 0; seed < 100; seed++) {
            Collections.shuffle(events, new Random(seed));

            Optional<ViewRow> known = folded(events.toArray(JobView[]::new));

            assertThat(known.orElseThrow().view()).as("seed %d", seed).isEqualTo(story.completed());
            assertThat(known.orElseThrow().state()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    void anEventOfTheSameVersionNeverReplacesTheView() {
        JobView first = story.ended(JobStatus.DEAD, "rejected");
        JobView second = story.ended(JobStatus.CANCELLED, "cancelled");

        assertThat(folded(first, second).orElseThrow().view()).isEqualTo(first);
    }

    @Test
    void anEndStandsAgainstWhateverItsRunSaysLater() {
        JobView cancelled = story.ended(JobStatus.CANCELLED, "cancelled");

        assertThat(folded(story.queued(), cancelled, story.running()).orElseThrow().view())
                .isEqualTo(cancelled);
    }

    @Test
    void aRequeuedJobBeginsAnewAndItsFirstLifeIsOver() {
        JobView dead = story.ended(JobStatus.DEAD, "rejected");

        assertThat(folded(dead, story.requeued()).orElseThrow().view()).isEqualTo(story.requeued());
        assertThat(folded(story.requeued(), dead).orElseThrow().view()).isEqualTo(story.requeued());
    }

    @Test
    void aReEmittedEventIsKeptOut() {
        ViewFold.Step again =
                ViewFold.decide(
                        folded(story.queued()), "job-1", JobStory.event(story.queued()), TIME);

        assertThat(again).isInstanceOf(ViewFold.Step.Keep.class);
    }

    @Test
    void garbageIsSkippedAndSaysWhy() {
        byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);

        assertThat(ViewFold.decide(Optional.empty(), "job-1", garbage, TIME))
                .isEqualTo(new ViewFold.Step.Skip("unreadable"));
    }

    @Test
    void anEventUnderAnotherJobsKeyIsSkipped() {
        assertThat(ViewFold.decide(Optional.empty(), "job-2", JobStory.event(story.queued()), TIME))
                .isEqualTo(new ViewFold.Step.Skip("key"));
    }

    @Test
    void anUnknownSchemaIsSkipped() {
        byte[] newer =
                Json.write(
                        new JobEvent(
                                JobEvent.SCHEMA + 1,
                                JobEvent.Type.JOB_QUEUED,
                                JobStory.T0,
                                story.queued()));

        assertThat(ViewFold.decide(Optional.empty(), "job-1", newer, TIME))
                .isEqualTo(new ViewFold.Step.Skip("schema"));
    }

    private static Optional<ViewRow> folded(JobView... views) {
        Optional<ViewRow> known = Optional.empty();
        for (JobView view : views) {
            ViewFold.Step step = ViewFold.decide(known, view.id(), JobStory.event(view), TIME);
            if (step instanceof ViewFold.Step.Store(var row, var _)) {
                known = Optional.of(ViewRow.decode(row.encode()));
            }
        }
        return known;
    }
}
