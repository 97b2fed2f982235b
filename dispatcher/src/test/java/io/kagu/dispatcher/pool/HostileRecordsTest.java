package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;
import io.kagu.common.topic.Topics;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Whatever a record says, the stream goes on. */
class HostileRecordsTest {

    private static final Topics TOPICS = PoolTopologyRig.TOPICS;
    private static final String FAR = "+1000000000-12-31T23:59:59Z";
    private static final String LONG_AGO = "-1000000000-01-01T00:00:00Z";

    @TempDir Path dir;

    static Stream<Arguments> records() {
        return Stream.of(
                        values(TOPICS.commands(), COMMANDS),
                        values(TOPICS.retry(), List.of("{}", "null", "")),
                        values(TOPICS.registry(), GPUS),
                        headers(TOPICS.jobs(Priority.HIGH)),
                        requeues(),
                        Stream.of(outcome(), nulInKey()))
                .flatMap(all -> all);
    }

    private static final List<String> COMMANDS =
            List.of(
                    "{}",
                    "null",
                    "5",
                    "",
                    "{\"schema\":1,\"type\":\"cancel\"}",
                    "{\"schema\":2,\"type\":\"pause\",\"job_id\":\"x\"}");

    private static final List<String> GPUS =
            List.of(
                    "null",
                    "{}",
                    "{\"name\":\"g\",\"endpoint\":\"http://h\",\"models\":null}",
                    "{\"name\":null,\"endpoint\":null,\"models\":[\"x\"]}");

    private static Stream<Arguments> values(String topic, List<String> values) {
        return values.stream().map(value -> Arguments.of(topic, plain(value)));
    }

    private static Stream<Arguments> headers(String topic) {
        return Stream.of(
                Arguments.of(topic, job().with("ce_kagudeadline", FAR)),
                Arguments.of(topic, job().with("ce_kagudeadline", LONG_AGO)),
                Arguments.of(topic, job().with("ce_time", FAR)));
    }

    private static Stream<Arguments> requeues() {
        RecordSample requeue = job().with("ce_type", "io.kagu.requeue.v1");
        RecordSample whole = requeue.with("ce_kagupriority", "low");
        return Stream.of(
                        requeue,
                        requeue.with("ce_kagupriority", "soon"),
                        whole.with("ce_kagurun", "0"),
                        whole.with("ce_kagurun", "9999999999999"),
                        whole.with("ce_kaguversion", "9223372036854775807"),
                        whole.with("ce_kaguattempts", "{}"),
                        whole.with("ce_kaguattempts", "[null]"),
                        whole.with("ce_kaguattempts", "[{\"number\":2147483647}]"),
                        whole.with(
                                "ce_kaguattempts",
                                "[{\"number\":2147483647,\"gpu\":\"g\",\"executor\":\"e\","
                                        + "\"started_at\":\"2026-01-01T00:00:00Z\"}]"))
                .map(hostile -> Arguments.of(TOPICS.commands(), hostile));
    }

    private static Arguments outcome() {
        return Arguments.of(
                TOPICS.outcomes(),
                plain("x")
                        .with("ce_type", "io.kagu.outcome.v1")
                        .with("ce_id", "x")
                        .with("ce_kaguattempt", "1")
                        .with("ce_kagugpu", "alpha")
                        .with("ce_kaguexecutor", "e")
                        .with("ce_kagustarted", FAR)
                        .with("ce_kaguended", FAR)
                        .with("ce_kaguoutcome", "completed"));
    }

    private static Arguments nulInKey() {
        RecordSample row = new RecordSample("p\0q", "body", new RecordHeaders());
        return Arguments.of(TOPICS.jobs(Priority.HIGH), row.with("ce_kagumodel", "other"));
    }

    private static RecordSample job() {
        return RecordSample.job("p1", "small").with("ce_id", "hostile");
    }

    private static RecordSample plain(String value) {
        return new RecordSample("p1", value, new RecordHeaders());
    }

    @ParameterizedTest
    @MethodSource("records")
    void theStreamGoesOn(String topic, RecordSample hostile) {
        try (PoolTopologyRig rig = new PoolTopologyRig(dir)) {
            rig.register(PoolGpu.in("p1"));
            rig.pipe(topic, hostile);
            rig.advance(Duration.ofSeconds(2));
            RecordSample next = RecordSample.job("p1", "small").with("ce_id", "after");
            rig.pipe(TOPICS.jobs(Priority.NORMAL), next);
            // A record that is a job after all may hold the only slot.
            assertThat(rig.calls())
                    .extracting(call -> call.job().id())
                    .containsAnyOf("after", "hostile");
        }
    }
}
