package io.kagu.ingest.tinker;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.HttpServer;
import io.kagu.common.job.JobIds;
import io.kagu.ingest.core.Answer;
import io.kagu.ingest.core.Arrival;
import io.kagu.ingest.core.Field;
import io.kagu.ingest.core.Fields;
import io.kagu.ingest.core.HeaderFields;
import io.kagu.ingest.core.HeaderFields.Picking;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.tinker.AskedModel;
import io.kagu.ingest.core.tinker.Sample;
import io.kagu.ingest.core.tinker.SampleReader;
import io.kagu.ingest.core.tinker.SampleSubmission;
import io.kagu.ingest.desk.FrontDesk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code asample}: 200 only once Kafka has the job. */
final class SampleHandler implements Handler {

    private static final String IDEMPOTENCY_KEY = "X-Idempotency-Key";
    private static final String BACKPRESSURE = "X-Tinker-Sampling-Backpressure";

    private final FrontDesk desk;
    private final JsonRequest requests;
    private final Models models;

    SampleHandler(FrontDesk desk, JsonRequest requests, Models models) {
        this.desk = desk;
        this.requests = requests;
        this.models = models;
    }

    /**
     * A sample that was taken in.
     *
     * @param sampleSequenceIds one for each answer to come; newer clients insist on them
     */
    private record Taken(String requestId, List<String> sampleSequenceIds) {}

    /** An arrival, and how many answers are asked for. */
    private record Request(Arrival arrival, int count) {

        static Request refused(Refusal refusal) {
            return new Request(new Arrival.Refused(refusal), 0);
        }
    }

    @Override
    public void handle(Context ctx) throws IOException {
        Request request = read(ctx);
        switch (desk.submit(request.arrival()).join()) {
            case Answer.Accepted accepted -> taken(ctx, accepted, request.count());
            case Answer.Refused(Refusal refusal) -> refused(ctx, refusal);
        }
    }

    private static void taken(Context ctx, Answer.Accepted accepted, int count) {
        String id = accepted.job().id();
        List<String> sequences =
                IntStream.range(0, count).mapToObj(index -> id + ":" + index).toList();
        HttpServer.json(ctx, 200, new Taken(id, sequences));
    }

    private static void refused(Context ctx, Refusal refusal) {
        boolean slowsDown = "1".equals(ctx.header(BACKPRESSURE));
        TinkerError error =
                slowsDown ? TinkerError.underBackpressure(refusal) : TinkerError.of(refusal);
        error.answer(ctx);
    }

    /** Reads the body before anything is judged, so that the caller gets to read the answer. */
    private Request read(Context ctx) throws IOException {
        return switch (requests.read(ctx)) {
            case JsonRequest.Reading.Refused(Refusal refusal) -> Request.refused(refusal);
            case JsonRequest.Reading.Read(var json) ->
                    switch (SampleReader.read(json)) {
                        case SampleReader.Reading.Refused(Refusal refusal) ->
                                Request.refused(refusal);
                        case SampleReader.Reading.Read(Sample sample) -> request(ctx, sample);
                    };
        };
    }

    private Request request(Context ctx, Sample sample) {
        return switch (HeaderFields.pick(ctx.headerMap())) {
            case Picking.Refused(Refusal refusal) -> Request.refused(refusal);
            case Picking.Picked(Fields headers) ->
                    switch (models.choose(sample.model())) {
                        case AskedModel.Choice.Refused(Refusal refusal) -> Request.refused(refusal);
                        case AskedModel.Choice.Served(String model) ->
                                request(ctx, sample, model, headers);
                    };
        };
    }

    private static Request request(Context ctx, Sample sample, String model, Fields headers) {
        Optional<String> key =
                Optional.ofNullable(ctx.header(IDEMPOTENCY_KEY))
                        .or(() -> headers.value(Field.IDEMPOTENCY_KEY));
        var ids = new SampleSubmission.IdSources(key, JobIds.next());
        return new Request(
                new Arrival.Complete(SampleSubmission.of(sample, model, headers, ids)),
                sample.count());
    }
}
