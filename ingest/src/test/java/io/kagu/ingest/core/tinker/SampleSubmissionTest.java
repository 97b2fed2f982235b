package io.kagu.ingest.core.tinker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.ingest.core.Field;
import io.kagu.ingest.core.Fields;
import io.kagu.ingest.core.Submission;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class SampleSubmissionTest {

    private static final Optional<String> NO_KEY = Optional.empty();

    private final String session = new SamplingSession("nonce-1", "m").id();

    @Test
    void aSampleBecomesACompletionOfItsModel() {
        Submission submission = submission(session, 1, NO_KEY, "fresh");

        assertThat(submission.fields().value(Field.PATH)).contains("/v1/completions");
        assertThat(submission.fields().value(Field.MODEL)).contains("m");
        assertThat(submission.fields().value(Field.CONTENT_TYPE)).contains("application/json");
        assertThat(submission.fields().value(Field.TOKENS)).contains("10");
    }

    @Test
    void theSamePlaceInASessionIsTheSameJobWhateverTheKey() {
        assertThat(id(session, 1, Optional.of("a"), "x"))
                .isEqualTo(id(session, 1, Optional.of("b"), "y"))
                .isEqualTo(id(session, 1, NO_KEY, "z"));
        assertThat(id(session, 1, NO_KEY, "x"))
                .isNotEqualTo(id(session, 2, NO_KEY, "x"))
                .isNotEqualTo(id(new SamplingSession("nonce-2", "m").id(), 1, NO_KEY, "x"));
    }

    @Test
    void withoutASessionTheSameKeyIsTheSameJob() {
        assertThat(id("", 1, Optional.of("a"), "x")).isEqualTo(id("", 2, Optional.of("a"), "y"));
        assertThat(id("", 1, Optional.of("a"), "x")).isNotEqualTo(id("", 1, Optional.of("b"), "x"));
    }

    @Test
    void tenantsDoNotShareKeys() {
        Fields acme = Fields.ofHeaders().with(Field.TENANT, "acme");

        assertThat(id("", acme, Optional.of("a")))
                .isNotEqualTo(id("", Fields.ofHeaders(), Optional.of("a")));
    }

    @Test
    void withoutEitherEverySampleIsAJobOfItsOwn() {
        assertThat(id("", 1, NO_KEY, "fresh")).isEqualTo("fresh");
    }

    private static String id(String session, int sequence, Optional<String> key, String fresh) {
        return submission(session, sequence, key, fresh).fields().value(Field.ID).orElseThrow();
    }

    private static String id(String session, Fields headers, Optional<String> key) {
        return SampleSubmission.of(
                        sample(session, 1),
                        "m",
                        headers,
                        new SampleSubmission.IdSources(key, "fresh"))
                .fields()
                .value(Field.ID)
                .orElseThrow();
    }

    private static Submission submission(
            String session, int sequence, Optional<String> key, String fresh) {
        return SampleSubmission.of(
                sample(session, sequence),
                "m",
                Fields.ofHeaders().with(Field.PATH, "/elsewhere"),
                new SampleSubmission.IdSources(key, fresh));
    }

    private static Sample sample(String session, int sequence) {
        String model =
                session.isEmpty()
                        ? "\"base_model\":\"m\""
                        : "\"sampling_session_id\":\"%s\"".formatted(session);
        String json =
                """
                {%s, "seq_id": %d, "prompt": {"chunks": [{"tokens": [5, 6]}]},
                 "sampling_params": {"max_tokens": 8}}
                """
                        .formatted(model, sequence);
        return ((SampleReader.Reading.Read)
                        SampleReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8))))
                .sample();
    }
}
