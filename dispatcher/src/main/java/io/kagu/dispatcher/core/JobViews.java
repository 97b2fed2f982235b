package io.kagu.dispatcher.core;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns rows into the view that every lifecycle event carries. */
public final class JobViews {

    private JobViews() {}

    /** The view of a row. */
    public static JobView of(JobRow row) {
        Optional<Attempt> last =
                row.attempts().isEmpty() ? Optional.empty() : Optional.of(row.attempts().getLast());
        return new JobView(
                row.id(),
                row.pool(),
                row.model(),
                row.job().priority(),
                row.job().tenant(),
                row.state().status(),
                row.version(),
                row.run(),
                OptionalLong.of(row.sequence()),
                row.job().submittedAt(),
                Optional.of(time(row.queuedAt())),
                last.map(attempt -> time(attempt.startedAt())),
                finishedAt(row.state()),
                dueAt(row.state()),
                Optional.of(time(row.deadline())),
                time(row.updatedAt()),
                row.attempt(),
                attempts(row),
                last.map(Attempt::gpu),
                reason(row.state()),
                row.state() instanceof JobState.Running running && running.cancelRequested(),
                row.state() instanceof JobState.Completed completed
                        ? OptionalInt.of(completed.responseStatus())
                        : OptionalInt.empty());
    }

    /** The event that says a row's state again. */
    public static JobEvent.Type typeOf(JobState state) {
        return switch (state) {
            case JobState.Queued q -> JobEvent.Type.JOB_QUEUED;
            case JobState.Forwarded f -> JobEvent.Type.JOB_QUEUED;
            case JobState.Running r when r.cancelRequested() -> JobEvent.Type.JOB_CANCEL_REQUESTED;
            case JobState.Running r -> JobEvent.Type.JOB_STARTED;
            case JobState.Retrying r -> JobEvent.Type.JOB_RETRYING;
            case JobState.Completed c -> JobEvent.Type.JOB_COMPLETED;
            case JobState.Dead d -> JobEvent.Type.JOB_DEAD;
            case JobState.Cancelled c -> JobEvent.Type.JOB_CANCELLED;
            case JobState.Expired e -> JobEvent.Type.JOB_EXPIRED;
        };
    }

    /** The attempts of a row as readers see them. */
    public static List<AttemptView> attempts(JobRow row) {
        List<AttemptView> views = new ArrayList<>(row.attempts().size());
        row.attempts().forEach(attempt -> views.add(attempt(attempt)));
        return views;
    }

    /** What a terminal view told of a job's end; empty for a live one. */
    public static Optional<EarlyEnd> end(JobView view) {
        long at = view.finishedAt().orElse(view.updatedAt()).toEpochMilli();
        Optional<JobState.Terminal> state =
                switch (view.state()) {
                    case COMPLETED ->
                            Optional.of(
                                    new JobState.Completed(view.responseStatus().orElse(200), at));
                    case DEAD -> Optional.of(new JobState.Dead(told(view), at));
                    case CANCELLED -> Optional.of(new JobState.Cancelled(at));
                    case EXPIRED -> Optional.of(new JobState.Expired(at));
                    case QUEUED, RUNNING, RETRYING -> Optional.empty();
                };
        List<Attempt> attempts = told(view.attempts());
        return state.map(ended ->
                new EarlyEnd(ended, view.run(), view.version(), view.attemptCount(), attempts));
    }

    private static JobState.Reason told(JobView view) {
        return view.reason()
                .map(reason -> new JobState.Reason(reason.code(), reason.message()))
                .orElse(new JobState.Reason("unknown", ""));
    }

    /** Attempts as readers were told of them. */
    public static List<Attempt> told(List<AttemptView> attempts) {
        return attempts.stream().map(JobViews::told).toList();
    }

    private static Attempt told(AttemptView view) {
        return new Attempt(
                view.number(),
                view.gpu(),
                view.executor(),
                view.startedAt().toEpochMilli(),
                view.endedAt().map(Instant::toEpochMilli).orElse(0L),
                view.ending().orElse(""),
                view.error().orElse(""),
                view.choice(),
                view.tokens());
    }

    private static AttemptView attempt(Attempt attempt) {
        boolean ended = attempt.endedAt() > 0;
        return new AttemptView(
                attempt.number(),
                attempt.gpu(),
                attempt.executor(),
                time(attempt.startedAt()),
                ended ? Optional.of(time(attempt.endedAt())) : Optional.empty(),
                ended ? Optional.of(attempt.ending()) : Optional.empty(),
                Optional.of(attempt.error()).filter(error -> !error.isEmpty()),
                attempt.choice(),
                attempt.tokens());
    }

    private static Optional<Instant> finishedAt(JobState state) {
        return state instanceof JobState.Terminal ended
                ? Optional.of(time(ended.at()))
                : Optional.empty();
    }

    private static Optional<Instant> dueAt(JobState state) {
        return state instanceof JobState.Retrying retrying
                ? Optional.of(time(retrying.dueAt()))
                : Optional.empty();
    }

    private static Optional<Reason> reason(JobState state) {
        return switch (state) {
            case JobState.Retrying retrying -> Optional.of(view(retrying.reason()));
            case JobState.Dead dead -> Optional.of(view(dead.reason()));
            case JobState.Cancelled c ->
                    Optional.of(new Reason("cancelled", "cancelled on request"));
            case JobState.Expired e ->
                    Optional.of(new Reason("expired", "the deadline passed before a GPU was free"));
            case JobState.Forwarded gone ->
                    Optional.of(
                            new Reason(
                                    "forwarded",
                                    "its model belongs to pool %s now".formatted(gone.toPool())));
            case JobState.Queued q -> Optional.empty();
            case JobState.Running r -> Optional.empty();
            case JobState.Completed c -> Optional.empty();
        };
    }

    private static Reason view(JobState.Reason reason) {
        return new Reason(reason.code(), reason.message());
    }

    private static Instant time(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
