package io.kagu.ingest.core.tinker;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.SampleIds;
import io.kagu.ingest.core.Field;
import io.kagu.ingest.core.Fields;
import io.kagu.ingest.core.Submission;

import java.util.Optional;

/** Makes a submission of a sample. */
public final class SampleSubmission {

    private static final String PATH = "/v1/completions";
    private static final long MOST_TOKENS = 1_000_000_000;

    private SampleSubmission() {}

    /**
     * What the job's id is made from, first of all the sample's place in its session.
     *
     * @param idempotencyKey the caller's
     * @param fresh for a sample that nothing makes a repeat
     */
    public record IdSources(Optional<String> idempotencyKey, String fresh) {}

    /**
     * The submission of a sample.
     *
     * @param model the name or alias under which it is served
     * @param headers what the caller's headers say; what the sample says goes before it
     */
    public static Submission of(Sample sample, String model, Fields headers, IdSources ids) {
        Fields fields =
                headers.without(Field.IDEMPOTENCY_KEY)
                        .with(Field.ID, id(sample, headers, ids))
                        .with(Field.MODEL, model)
                        .with(Field.PATH, PATH)
                        .with(Field.CONTENT_TYPE, Job.DEFAULT_CONTENT_TYPE)
                        .with(Field.TOKENS, Long.toString(Math.min(sample.tokens(), MOST_TOKENS)));
        return new Submission(fields, CompletionsBody.of(sample, model), "prompt");
    }

    /**
     * Client libraries make a new key for each try, but repeat a sample's place in its session. The
     * prefixes keep keys and places apart, and both from keys of other routes.
     */
    private static String id(Sample sample, Fields headers, IdSources ids) {
        String tenant = headers.value(Field.TENANT).orElse(Job.DEFAULT_TENANT);
        String base =
                sample.identity()
                        .map(place -> "tinker sample " + place)
                        .or(() -> ids.idempotencyKey().map(key -> "tinker key " + key))
                        .map(name -> JobIds.ofIdempotencyKey(tenant, name))
                        .orElse(ids.fresh());
        return SampleIds.of(base, sample.promptLogprobs().top());
    }
}
