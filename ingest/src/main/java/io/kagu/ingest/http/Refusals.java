package io.kagu.ingest.http;

import io.kagu.common.http.Problem;
import io.kagu.common.job.Priority;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.WaitEstimate;

import java.util.List;

/** Says a refusal as a problem: one status and one wording for each. */
public final class Refusals {

    private static final int RETRY_UNKNOWN = 30;
    private static final int RETRY_STORE = 5;
    private static final int RETRY_REGISTRY = 2;

    private Refusals() {}

    /** The problem that tells of a refusal. */
    public static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.InvalidField(String field, String allowed) ->
                    Problem.field(422, refusal.code(), field, allowed);
            case Refusal.UnknownField(String field, List<String> known) ->
                    Problem.field(422, refusal.code(), field, "one of " + String.join(", ", known));
            case Refusal.UnknownPriority(String field) ->
                    Problem.field(422, refusal.code(), field, "one of " + Priority.allowed());
            case Refusal.UnknownModel unknown -> unknownModel(unknown);
            case Refusal.EmptyBody(String field) ->
                    Problem.field(422, refusal.code(), field, "what the GPU is to get, not empty");
            case Refusal.BodyTooLarge(String field, int limit) ->
                    Problem.field(413, refusal.code(), field, "at most " + limit + " bytes")
                            .with("limit_bytes", limit);
            case Refusal.MalformedEnvelope(String fault) ->
                    Problem.of(400, refusal.code(), "Malformed envelope", fault)
                            .with("field", "body");
            case Refusal.BatchTooLong(int limit) ->
                    Problem.field(413, refusal.code(), "body", "at most " + limit + " lines")
                            .with("limit_lines", limit);
            case Refusal.NoModels noModels -> noModels(noModels);
            case Refusal.Overloaded overloaded -> overloaded(overloaded);
            case Refusal.QueueFull full -> full(full);
            case Refusal.NotStored notStored -> notStored(notStored);
        };
    }

    private static Problem unknownModel(Refusal.UnknownModel unknown) {
        String known = "one of " + String.join(", ", unknown.known()) + " or an alias of one";
        return Problem.field(422, unknown.code(), unknown.field(), known)
                .with("model", unknown.model())
                .with("known", unknown.known());
    }

    private static Problem noModels(Refusal.NoModels noModels) {
        String detail =
                noModels.registryRead()
                        ? "No GPU is registered, so no model can be served."
                        : "The GPU registry has not been read yet.";
        return Problem.of(503, noModels.code(), "No models", detail).retryAfter(RETRY_REGISTRY);
    }

    private static Problem overloaded(Refusal.Overloaded overloaded) {
        String detail =
                "%d jobs wait in this pool; it takes %s jobs below %d. Nothing was stored."
                        .formatted(
                                overloaded.waiting(),
                                overloaded.priority().word(),
                                overloaded.limit());
        return Problem.of(503, overloaded.code(), "Overloaded", detail)
                .with("waiting", overloaded.waiting())
                .with("threshold", overloaded.limit())
                .retryAfter(WaitEstimate.retryAfterSeconds(overloaded.until(), RETRY_UNKNOWN));
    }

    private static Problem full(Refusal.QueueFull full) {
        String detail =
                "%d jobs wait in this pool, which holds %d. Nothing was stored."
                        .formatted(full.waiting(), full.capacity());
        return Problem.of(503, full.code(), "Queue full", detail)
                .with("waiting", full.waiting())
                .with("threshold", full.capacity())
                .retryAfter(WaitEstimate.retryAfterSeconds(full.until(), RETRY_UNKNOWN));
    }

    private static Problem notStored(Refusal.NotStored notStored) {
        Problem problem =
                Problem.of(503, notStored.code(), "Not stored", detail(notStored))
                        .retryAfter(RETRY_STORE);
        return notStored.id().map(id -> problem.with("id", id)).orElse(problem);
    }

    private static String detail(Refusal.NotStored notStored) {
        return notStored
                .id()
                .map(id ->
                        "Kafka did not confirm the job in time: it may be stored or not."
                                + " Submitting it again with the same Idempotency-Key, or"
                                + " with id %s, is safe: it is taken in once.".formatted(id))
                .orElse("Kafka failed an earlier line: this one was not sent. Submit it again.");
    }
}
