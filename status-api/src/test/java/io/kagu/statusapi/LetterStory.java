package io.kagu.statusapi;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.ErrorFingerprint;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobView.Reason;
import io.kagu.common.job.Priority;

import org.apache.kafka.common.header.Headers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The dead letter of a job, as a dispatcher would write it. */
public record LetterStory(
        String id, String model, Priority priority, Reason reason, int run, Instant diedAt) {

    /** A letter of a job whose attempts were used up. */
    public LetterStory(String id) {
        this(
                id,
                "qwen-27b",
                Priority.NORMAL,
                new Reason("attempts_exhausted", "4 attempts failed, the last: refused"),
                1,
                JobStory.T0);
    }

    public LetterStory of(String modelName, Priority lane) {
        return new LetterStory(id, modelName, lane, reason, run, diedAt);
    }

    public LetterStory because(String code, String message) {
        return new LetterStory(id, model, priority, new Reason(code, message), run, diedAt);
    }

    public LetterStory run(int number) {
        return new LetterStory(id, model, priority, reason, number, diedAt);
    }

    public LetterStory at(Instant time) {
        return new LetterStory(id, model, priority, reason, run, time);
    }

    public DeadLetter letter() {
        return new DeadLetter(
                id,
                Optional.of(Job.of(id, model, priority, JobStory.T0)),
                Optional.of(JobStory.POOL),
                reason,
                fingerprint(),
                List.of(attempt()),
                run,
                4,
                OptionalLong.of(JobStory.SEQUENCE),
                diedAt,
                Optional.empty());
    }

    public String fingerprint() {
        return ErrorFingerprint.of(reason.code(), reason.message());
    }

    public Headers headers() {
        return letter().headers("test");
    }

    private static AttemptView attempt() {
        return new AttemptView(
                3,
                JobStory.GPU,
                "executor-1",
                JobStory.T0,
                Optional.of(JobStory.T0.plusSeconds(1)),
                Optional.of("fault"),
                Optional.of("refused"));
    }
}
