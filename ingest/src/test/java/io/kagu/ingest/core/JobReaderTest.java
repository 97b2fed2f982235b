package io.kagu.ingest.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;
import io.kagu.ingest.core.JobReader.Fresh;
import io.kagu.ingest.core.JobReader.Reading;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class JobReaderTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Fresh FRESH = new Fresh("fresh-id", NOON);
    private static final Fields MODEL = Fields.ofHeaders().with(Field.MODEL, "qwen");
    private static final int LIMIT = 10;

    private final JobReader reader = new JobReader(LIMIT);

    @Test
    void onlyTheModelIsNeeded() {
        assertThat(read(MODEL)).isEqualTo(Job.of("fresh-id", "qwen", Priority.NORMAL, NOON));
    }

    @Test
    void everyFieldFindsItsPlace() {
        Fields all =
                MODEL.with(Field.ID, "my-1")
                        .with(Field.PRIORITY, "HIGH")
                        .with(Field.TENANT, "acme")
                        .with(Field.PATH, "/v1/embeddings")
                        .with(Field.CONTENT_TYPE, "application/json; charset=utf-8")
                        .with(Field.DEADLINE, "2026-05-01T14:30:00+02:00")
                        .with(Field.MAX_ATTEMPTS, "5")
                        .with(Field.TOKENS, "1234")
                        .with(Field.CALLBACK, "https://example.org/done?x=1")
                        .with(Field.AFFINITY, "session 7");

        assertThat(read(all))
                .isEqualTo(
                        new Job(
                                "my-1",
                                "qwen",
                                Priority.HIGH,
                                "acme",
                                "/v1/embeddings",
                                "application/json; charset=utf-8",
                                NOON,
                                Optional.of(NOON.plusSeconds(1800)),
                                OptionalInt.of(5),
                                OptionalLong.of(1234),
                                Optional.of(URI.create("https://example.org/done?x=1")),
                                Optional.of("session 7")));
    }

    @ParameterizedTest
    @CsvSource({
        "90, 2026-05-01T12:01:30Z",
        "0.5, 2026-05-01T12:00:00.500Z",
        "31536000, 2027-05-01T12:00:00Z",
        "2026-05-01T12:00:01Z, 2026-05-01T12:00:01Z",
        "2026-05-01t15:00:00z, 2026-05-01T15:00:00Z",
        "2025-01-01T00:00:00Z, 2025-01-01T00:00:00Z"
    })
    void aDeadlineIsATimeOrSecondsFromNow(String given, Instant deadline) {
        assertThat(read(MODEL.with(Field.DEADLINE, given)).deadline()).contains(deadline);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ID | ''",
                "ID | has blank",
                "ID | ../x",
                "ID | -x",
                "MODEL | ''",
                "MODEL | ' '",
                "TENANT | ''",
                "TENANT | a b",
                "TENANT | ünï",
                "PATH | ''",
                "PATH | v1/chat",
                "PATH | //host/x",
                "PATH | /v1/../admin",
                "PATH | http://host/v1",
                "PATH | /v1?x=1",
                "DEADLINE | ''",
                "DEADLINE | soon",
                "DEADLINE | 0",
                "DEADLINE | -5",
                "DEADLINE | 31536001",
                "DEADLINE | 99999999999999",
                "DEADLINE | 1e3",
                "DEADLINE | 2027-05-01T12:00:01Z",
                "DEADLINE | 2026-05-01",
                "DEADLINE | 2026-05-01T13:00:00",
                "MAX_ATTEMPTS | 0",
                "MAX_ATTEMPTS | 101",
                "MAX_ATTEMPTS | two",
                "MAX_ATTEMPTS | -1",
                "MAX_ATTEMPTS | 1.5",
                "MAX_ATTEMPTS | ''",
                "TOKENS | -1",
                "TOKENS | 1000000001",
                "TOKENS | many",
                "TOKENS | 1e6",
                "CALLBACK | ''",
                "CALLBACK | example.org",
                "CALLBACK | ftp://example.org/",
                "CALLBACK | http:///x",
                "CALLBACK | http://user:pass@example.org/",
                "CALLBACK | http://exa mple.org/",
                "AFFINITY | ''",
                "CONTENT_TYPE | ''",
                "CONTENT_TYPE | json",
                "CONTENT_TYPE | a/b/c",
                "CONTENT_TYPE | a/b c",
                "IDEMPOTENCY_KEY | ''",
                "IDEMPOTENCY_KEY | ' '"
            })
    void aBadValueIsRefusedByNameAndWithWhatIsAllowed(Field field, String value) {
        assertThat(refusal(MODEL.with(field, value)))
                .isEqualTo(new Refusal.InvalidField(field.header(), field.allowed()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "urgent", "1", "hi gh"})
    void anUnknownPriorityIsARefusalOfItsOwn(String word) {
        assertThat(refusal(MODEL.with(Field.PRIORITY, word)))
                .isEqualTo(new Refusal.UnknownPriority("X-Kagu-Priority"));
    }

    @Test
    void textsHaveALimit() {
        assertThat(refusal(MODEL.with(Field.TENANT, "t".repeat(129))).code())
                .isEqualTo("invalid_field");
        assertThat(refusal(MODEL.with(Field.MODEL, "m".repeat(201))).code())
                .isEqualTo("invalid_field");
        assertThat(refusal(MODEL.with(Field.AFFINITY, "a".repeat(257))).code())
                .isEqualTo("invalid_field");
        assertThat(refusal(MODEL.with(Field.IDEMPOTENCY_KEY, "k".repeat(257))).code())
                .isEqualTo("invalid_field");
        assertThat(refusal(MODEL.with(Field.CALLBACK, "http://h/" + "c".repeat(2048))).code())
                .isEqualTo("invalid_field");
    }

    @Test
    void aMissingModelIsNamedAsTheCallerWouldSpellIt() {
        assertThat(refusal(Fields.ofHeaders()))
                .isEqualTo(new Refusal.InvalidField("X-Kagu-Model", Field.MODEL.allowed()));
        assertThat(refusal(Fields.ofEnvelope()))
                .isEqualTo(new Refusal.InvalidField("model", Field.MODEL.allowed()));
    }

    @Test
    void theSameTenantAndKeyIsAlwaysTheSameJob() {
        Fields keyed = MODEL.with(Field.IDEMPOTENCY_KEY, "order 7");

        assertThat(read(keyed).id()).isEqualTo(JobIds.ofIdempotencyKey("default", "order 7"));
        assertThat(read(keyed.with(Field.TENANT, "acme")).id()).isNotEqualTo(read(keyed).id());
    }

    @Test
    void theCallersOwnIdGoesBeforeItsKey() {
        assertThat(read(MODEL.with(Field.IDEMPOTENCY_KEY, "k").with(Field.ID, "own")).id())
                .isEqualTo("own");
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertThat(reader.read(Submission.plain(MODEL, body("")), FRESH))
                .isEqualTo(new Reading.Refused(new Refusal.EmptyBody("body")));
    }

    @Test
    void aBodyMayBeAsLargeAsTheLimitAndNoLarger() {
        assertThat(reader.read(Submission.plain(MODEL, body("x".repeat(LIMIT))), FRESH))
                .isInstanceOf(Reading.Read.class);
        assertThat(reader.read(Submission.plain(MODEL, body("x".repeat(LIMIT + 1))), FRESH))
                .isEqualTo(new Reading.Refused(new Refusal.BodyTooLarge("body", LIMIT)));
    }

    @Test
    void jsonThatCurlCallsAFormIsTakenAsJson() {
        Fields form = MODEL.with(Field.CONTENT_TYPE, "application/x-www-form-urlencoded");

        assertThat(read(form, " {\"a\":1}").contentType()).isEqualTo("application/json");
        assertThat(read(form, "a=1").contentType()).isEqualTo("application/x-www-form-urlencoded");
    }

    private Job read(Fields fields) {
        return read(fields, "{}");
    }

    private Job read(Fields fields, String body) {
        return switch (reader.read(Submission.plain(fields, body(body)), FRESH)) {
            case Reading.Read(Job job) -> job;
            case Reading.Refused(Refusal refusal) -> throw new AssertionError(refusal);
        };
    }

    private Refusal refusal(Fields fields) {
        return switch (reader.read(Submission.plain(fields, body("{}")), FRESH)) {
            case Reading.Read(Job job) -> throw new AssertionError(job);
            case Reading.Refused(Refusal refusal) -> refusal;
        };
    }

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
