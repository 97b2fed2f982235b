package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;
import io.kagu.dispatcher.GoldenFile;
import io.kagu.dispatcher.core.BreakerState;
import io.kagu.dispatcher.core.BreakerState.Phase;
import io.kagu.dispatcher.core.BreakerState.Probe;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.Lease;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

class RowCodecTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queued",
                "running",
                "retrying",
                "forwarded",
                "completed",
                "used",
                "dead",
                "discarded",
                "cancelled",
                "expired"
            })
    void aRowIsWrittenAsEverAndReadBack(String state) {
        JobRow row = Objects.requireNonNull(RowSample.byState().get(state));
        GoldenFile golden = new GoldenFile("row-v1-" + state + ".json");

        golden.mustBe(new String(RowCodec.write(row), StandardCharsets.UTF_8));

        assertThat(RowCodec.read(bytes(golden.read()))).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "running", "retrying", "completed", "used", "dead"})
    void aRowIsWrittenAsTheMapperWouldByItself(String state) throws IOException {
        JobRow row = Objects.requireNonNull(RowSample.byState().get(state));
        ObjectMapper byItself = RowCodec.byReflection();

        assertThat(new String(RowCodec.write(row), StandardCharsets.UTF_8))
                .contains("\"row\":" + byItself.writeValueAsString(row));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queued",
                "running",
                "retrying",
                "forwarded",
                "completed",
                "used",
                "dead",
                "discarded",
                "cancelled",
                "expired",
                "first-queued",
                "first-dead"
            })
    void aRowIsReadAsTheMapperWouldByItself(String name) throws IOException {
        String golden = new GoldenFile("row-v1-" + name + ".json").read();
        ObjectMapper byItself = RowCodec.byReflection();

        assertThat(RowCodec.read(bytes(golden)))
                .isEqualTo(
                        byItself.convertValue(byItself.readTree(golden).get("row"), JobRow.class));
    }

    @Test
    void aSpilledLeaseKeepsItsStartLimit() {
        JobRow row = Objects.requireNonNull(RowSample.byState().get("running"));
        Lease lease = new Lease("job-1", 2, "beta", "executor-2", 1, 2, 1_700_000_003_000L);
        JobRow spilled = RowSample.in(row, new JobState.Running(lease, false));
        String json = new String(RowCodec.write(spilled), StandardCharsets.UTF_8);

        assertThat(json).contains("\"start_before\":1700000003000");
        assertThat(RowCodec.read(bytes(json))).isEqualTo(spilled);
    }

    /** As a later version may write them; a rolling upgrade can be taken back. */
    @ParameterizedTest
    @ValueSource(strings = {"running", "dead", "forwarded"})
    void fieldsOfALaterVersionArePassedOver(String state) {
        JobRow row = Objects.requireNonNull(RowSample.byState().get(state));
        String later =
                new String(RowCodec.write(row), StandardCharsets.UTF_8)
                        .replace("{\"is\"", "{\"first\":[{\"a\":1}],\"is\"")
                        .replace("\"tenant\"", "\"new\":{\"gpu\":\"g\"},\"tenant\"")
                        .replaceFirst("}}$", ",\"last\":null}}");

        assertThat(RowCodec.read(bytes(later))).isEqualTo(row);
    }

    /** It would be read as if it were not there. */
    @Test
    void aFieldInAnotherPlaceIsDamage() {
        String row = new GoldenFile("row-v1-queued.json").read();
        String moved = row.replace("\"pool\":\"p1\",", "").replace("}}", ",\"pool\":\"p1\"}}");

        assertThatThrownBy(() -> RowCodec.read(bytes(moved)))
                .isInstanceOf(UncheckedIOException.class)
                .rootCause()
                .hasMessageStartingWith("no pool");
    }

    @Test
    void aRowWrittenBeforeThereWereTagsGoesBySequence() {
        JobRow row = RowCodec.read(bytes(new GoldenFile("row-v1-first-queued.json").read()));

        assertThat(row.sequence()).isEqualTo(4);
        assertThat(row.tag()).isZero();
        assertThat(row.cost()).isEqualTo(1);
        assertThat(row.state()).isEqualTo(RowSample.queued("job-1").state());
    }

    @Test
    void aDeadRowOfBeforeHasItsDeadLetter() {
        JobRow row = RowCodec.read(bytes(new GoldenFile("row-v1-first-dead.json").read()));

        assertThat(row).isEqualTo(RowSample.byState().get("dead"));
    }

    /** In a rolling upgrade replicas of the first version take rows over that this one wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"queued", "dead"})
    void everyFieldOfTheFirstFormIsStillWritten(String state) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode first = json.readTree(new GoldenFile("row-v1-first-" + state + ".json").read());
        JsonNode now = json.readTree(new GoldenFile("row-v1-" + state + ".json").read());

        assertContains(state, now, first);
    }

    private static void assertContains(String path, JsonNode now, JsonNode first) {
        if (first.isContainerNode()) {
            first.properties()
                    .forEach(field ->
                            assertContains(
                                    path + '.' + field.getKey(),
                                    now.path(field.getKey()),
                                    field.getValue()));
            for (int i = 0; first.isArray() && i < first.size(); i++) {
                assertContains(path + '.' + i, now.path(i), first.get(i));
            }
        } else {
            assertThat(now).as(path).isEqualTo(first);
        }
    }

    @Test
    void aRowOfALaterSchemaStopsTheTask() {
        String later = new GoldenFile("row-v1-queued.json").read().replace("\":1,", "\":2,");

        assertThatThrownBy(() -> RowCodec.read(bytes(later)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("unknown row schema 2");
    }

    @Test
    void aBreakerIsWrittenAsEverAndReadBack() {
        BreakerState breaker =
                new BreakerState(
                        "alpha",
                        Phase.HALF_OPEN,
                        0,
                        1_700_000_030_000L,
                        Optional.of(new Probe("job-1", 2)),
                        4,
                        1_700_000_060_000L);
        GoldenFile golden = new GoldenFile("breaker-v1.json");

        golden.mustBe(new String(RowCodec.write(breaker), StandardCharsets.UTF_8));

        assertThat(RowCodec.readBreaker(bytes(golden.read()))).isEqualTo(breaker);
        assertThatThrownBy(
                        () -> RowCodec.readBreaker(bytes(golden.read().replace("\":1,", "\":2,"))))
                .hasMessage("unknown row schema 2");
    }

    /** What came into version 1 later is absent from what was written before. */
    @Test
    void theFirstFormOfABreakerIsStillRead() {
        BreakerState breaker =
                RowCodec.readBreaker(bytes(new GoldenFile("breaker-v1-first.json").read()));

        assertThat(breaker.probe()).contains(new Probe("job-1", 2));
        assertThat(breaker.serialFaults()).isZero();
        assertThat(breaker.pausedUntil()).isZero();
    }

    @Test
    void aPauseIsWrittenAsEverAndReadBack() {
        PauseScope scope = new PauseScope(Optional.of(Priority.LOW), Optional.of("small"));
        Instant end = Instant.parse("2026-03-01T12:00:00Z");
        Pause pause = new Pause(scope, Optional.of(end), Optional.of("night"));
        GoldenFile golden = new GoldenFile("pause-v1.json");

        golden.mustBe(new String(RowCodec.write(pause), StandardCharsets.UTF_8));

        assertThat(RowCodec.readPause(golden.bytes())).isEqualTo(pause);
        assertThat(RowCodec.readPause(bytes(golden.read().replace("}}", ",\"new\":1}}"))))
                .isEqualTo(pause);
    }

    @Test
    void damageStopsTheTask() {
        assertThatThrownBy(() -> RowCodec.read(bytes("{\"schema\":1,\"row\":{")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("damaged row in the job store");
        assertThatThrownBy(() -> RowCodec.readBreaker(bytes("{\"schema\":1,\"breaker\":{")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("damaged breaker in the job store");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
