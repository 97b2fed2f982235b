package io.kagu.statusapi.core;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the jobs that were queued again first say of those that wait behind them. */
public sealed interface CanaryVerdict {

    /** Some have not ended, and none ended badly. */
    record Waiting(int completed) implements CanaryVerdict {}

    /** All completed. */
    record Passed() implements CanaryVerdict {}

    /** One ended in another way. */
    record Failed(String id, String why) implements CanaryVerdict {}

    /** The verdict on some canaries, by what is known of each. */
    static CanaryVerdict of(
            List<RequeueTarget> canaries, Function<String, Optional<JobView>> known) {
        int completed = 0;
        for (RequeueTarget canary : canaries) {
            Optional<JobView> next =
                    known.apply(canary.id()).filter(view -> view.run() > canary.run());
            Optional<String> fault = next.flatMap(view -> fault(canary, view));
            if (fault.isPresent()) {
                return new Failed(canary.id(), fault.get());
            }
            completed +=
                    next.filter(view -> view.state() == JobStatus.COMPLETED).isPresent() ? 1 : 0;
        }
        return completed == canaries.size() ? new Passed() : new Waiting(completed);
    }

    private static Optional<String> fault(RequeueTarget canary, JobView view) {
        if (view.run() > canary.run() + 1) {
            return Optional.of("died and was requeued by somebody else");
        }
        boolean badly = view.state().terminal() && view.state() != JobStatus.COMPLETED;
        return badly
                ? Optional.of(view.state() + view.reason().map(why -> ": " + why.code()).orElse(""))
                : Optional.empty();
    }
}
