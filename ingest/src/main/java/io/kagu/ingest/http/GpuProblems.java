package io.kagu.ingest.http;

import io.kagu.common.gpu.Drain;
import io.kagu.common.http.Problem;
import io.kagu.ingest.core.gpu.GpuRefusal;

import java.util.List;
import java.util.OptionalInt;

/** Says why a GPU was not changed as a problem: one status and one wording for each. */
final class GpuProblems {

    private static final int RETRY_STORE = 5;
    private static final int RETRY_REGISTRY = 2;

    private GpuProblems() {}

    static Problem of(GpuRefusal refusal) {
        return switch (refusal) {
            case GpuRefusal.Malformed(String fault) ->
                    Problem.of(400, refusal.code(), "Malformed entry", fault);
            case GpuRefusal.UnknownField(String field, List<String> known) ->
                    Problem.field(422, refusal.code(), field, "one of " + String.join(", ", known))
                            .with("known", known);
            case GpuRefusal.InvalidField(String fault) ->
                    Problem.of(422, refusal.code(), "Invalid entry", fault);
            case GpuRefusal.TooLarge(int limit) ->
                    Problem.field(413, refusal.code(), "body", "at most " + limit + " bytes")
                            .with("limit_bytes", limit);
            case GpuRefusal.NotFound(String gpu) ->
                    Problem.of(404, refusal.code(), "No such GPU", "No GPU is named " + gpu);
            case GpuRefusal.NotDrained notDrained -> notDrained(notDrained);
            case GpuRefusal.BreaksRules(List<String> faults) ->
                    broken(422, refusal, "Registry would break rules", faults);
            case GpuRefusal.Contradicted(List<String> faults) ->
                    broken(409, refusal, "Another change contradicts it; taken back", faults);
            case GpuRefusal.NotConfirmed() ->
                    later(
                            refusal,
                            "The change was not confirmed in time: it may be stored or not."
                                    + " Repeating it is safe.",
                            RETRY_STORE);
            case GpuRefusal.NotReady() ->
                    later(refusal, "The GPU registry has not been read yet.", RETRY_REGISTRY);
        };
    }

    private static Problem broken(
            int status, GpuRefusal refusal, String title, List<String> faults) {
        return Problem.of(status, refusal.code(), title, String.join("; ", faults))
                .with("faults", faults);
    }

    private static Problem later(GpuRefusal refusal, String detail, int seconds) {
        return Problem.of(503, refusal.code(), "Not now", detail).retryAfter(seconds);
    }

    private static Problem notDrained(GpuRefusal.NotDrained refusal) {
        Drain drain = refusal.drain();
        Problem problem =
                Problem.of(
                                409,
                                refusal.code(),
                                "GPU not drained",
                                "GPU %s cannot be %s: %s"
                                        .formatted(refusal.gpu(), refusal.change(), why(drain)))
                        .with("draining", drain.asked());
        OptionalInt running = drain.running();
        return running.isPresent() ? problem.with("running", running.getAsInt()) : problem;
    }

    private static String why(Drain drain) {
        if (!drain.asked()) {
            return "it takes calls; drain it first";
        }
        return drain.running().isPresent()
                ? drain.running().getAsInt() + " calls still run on it"
                : "its pool's owner has not said yet which calls run on it";
    }
}
