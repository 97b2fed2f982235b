package io.kagu.ingest.http;

import io.kagu.ingest.core.Answer;
import io.kagu.ingest.core.Arrival;
import io.kagu.ingest.core.Body;
import io.kagu.ingest.core.Field;
import io.kagu.ingest.core.Fields;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.desk.FrontDesk;
import io.kagu.ingest.http.NdjsonLines.Line;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Submits the lines of one batch, each on its own, without waiting for one before the next. */
final class Batch {

    private final FrontDesk desk;
    private final BodyLimits limits;
    private final Fields defaults;
    private final List<PendingLine> results = new ArrayList<>();

    private volatile boolean storeFailed;

    Batch(FrontDesk desk, BodyLimits limits, Fields defaults) {
        this.desk = desk;
        this.limits = limits;
        this.defaults = defaults;
    }

    /** Submits lines until the end or the limit; one result per line that was read. */
    List<PendingLine> submit(NdjsonLines lines) throws IOException {
        Optional<Line> line = lines.next();
        while (line.isPresent() && results.size() < limits.batchLines()) {
            add(line.get().number(), arrival(line.get()));
            line = lines.next();
        }
        line.ifPresent(
                l -> add(l.number(), refused(new Refusal.BatchTooLong(limits.batchLines()))));
        return results;
    }

    private void add(int number, Arrival arrival) {
        CompletableFuture<Answer> answer = desk.submit(arrival);
        results.add(new PendingLine(number, answer.thenApply(this::noted)));
    }

    /** Each further line would wait out Kafka's time limits anew. */
    private Answer noted(Answer answer) {
        if (answer instanceof Answer.Refused(Refusal.NotStored _)) {
            storeFailed = true;
        }
        return answer;
    }

    private Arrival arrival(Line line) {
        return switch (line) {
            case Line.Text _ when storeFailed -> refused(new Refusal.NotStored(Optional.empty()));
            case Line.Text(int number, Body json) ->
                    SubmissionRequest.opened(json.bytes(), defaultsOf(number));
            case Line.TooLong _ -> refused(new Refusal.BodyTooLarge("body", limits.envelope()));
        };
    }

    /** One key for a batch stands for a key per line: the same batch again is the same jobs. */
    private Fields defaultsOf(int number) {
        return defaults.value(Field.IDEMPOTENCY_KEY)
                .map(key -> defaults.with(Field.IDEMPOTENCY_KEY, key + "/" + number))
                .orElse(defaults);
    }

    private static Arrival refused(Refusal refusal) {
        return new Arrival.Refused(refusal);
    }
}
