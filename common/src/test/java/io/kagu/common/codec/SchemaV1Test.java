package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.Golden;
import io.kagu.common.Samples;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.QueueStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Version 1 of everything that is written as JSON: a rolling upgrade must go on reading it. */
final class SchemaV1Test {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(
                        "job-event-v1",
                        JobEvent.of(JobEvent.Type.JOB_COMPLETED, Samples.fullView())),
                Arguments.of(
                        "job-event-plain-v1",
                        JobEvent.of(JobEvent.Type.JOB_ACCEPTED, Samples.plainView())),
                Arguments.of("heartbeat-v1", Samples.heartbeat()),
                Arguments.of("queue-status-v1", Samples.queueStatus()),
                Arguments.of("gpu-metrics-v1", Samples.fullGpuMetrics()),
                Arguments.of("gpu-metrics-plain-v1", Samples.plainGpuMetrics()),
                Arguments.of("job-command-v1", JobCommand.cancel("job-1", Samples.NOON)),
                Arguments.of("discard-command-v1", JobCommand.discard("job-1", 2, Samples.NOON)),
                Arguments.of("pause-command-v1", Samples.pauseCommand()),
                Arguments.of("gpu-spec-v1", Samples.fullGpu()),
                Arguments.of("gpu-spec-routed-v1", Samples.routedGpu()),
                Arguments.of("gpu-spec-plain-v1", Samples.gpu("gpu-p", "default", "tiny-4b")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesAreWrittenAsVersion1SaysThem(String name, Object value) {
        assertThat(Json.write(value)).asString().isEqualTo(Golden.text(name + ".json"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesOfVersion1AreStillRead(String name, Object value) {
        assertThat((Object) Json.read(Golden.bytes(name + ".json"), value.getClass()))
                .isEqualTo(value);
    }

    /** What came into version 1 later is absent from what was written before. */
    @Test
    void theFirstFormOfVersion1IsStillRead() {
        QueueStatus status =
                Json.read(Golden.bytes("queue-status-v1-first.json"), QueueStatus.class);

        assertThat(status.gpus()).isEmpty();
        assertThat(status)
                .usingRecursiveComparison()
                .ignoringFields("gpus", "metricsBlind", "pauses", "waits", "ownerUrl")
                .isEqualTo(Samples.queueStatus());
        assertThat(Json.read(Golden.bytes("gpu-spec-v1-first.json"), GpuSpec.class))
                .isEqualTo(Samples.fullGpu());
        assertThat(Json.read(Golden.bytes("heartbeat-v1-first.json"), Heartbeat.class))
                .usingRecursiveComparison()
                .ignoringFields("freeCalls", "partitions")
                .isEqualTo(Samples.heartbeat());
        JobEvent event = Json.read(Golden.bytes("job-event-v1-first.json"), JobEvent.class);
        assertThat(event.job().attempts())
                .allSatisfy(a -> assertThat(a.tokens()).isEmpty())
                .allSatisfy(a -> assertThat(a.choice()).isEmpty());
        assertThat(event.job())
                .usingRecursiveComparison()
                .ignoringFields("attempts.tokens", "attempts.choice")
                .isEqualTo(Samples.fullView());
    }

    static Stream<Arguments> newer() {
        return Stream.of(
                Arguments.of(
                        "job-event-newer",
                        JobEvent.of(JobEvent.Type.JOB_ACCEPTED, Samples.plainView())),
                Arguments.of("heartbeat-newer", Samples.heartbeat()),
                Arguments.of("queue-status-newer", Samples.queueStatus()),
                Arguments.of("gpu-metrics-newer", Samples.fullGpuMetrics()),
                Arguments.of("gpu-spec-newer", Samples.gpu("gpu-p", "default", "tiny-4b")));
    }

    @ParameterizedTest
    @MethodSource("newer")
    void whatANewerVersionAddsIsIgnored(String name, Object value) {
        assertThat((Object) Json.read(Golden.bytes(name + ".json"), value.getClass()))
                .usingRecursiveComparison()
                .ignoringFields("schema")
                .isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("terseGpus")
    void aGpuSpecThatSaysOnlyWhatItMustHasDefaults(String json) {
        GpuSpec spec = Json.read(json.getBytes(), GpuSpec.class);

        assertThat(spec).isEqualTo(Samples.gpu("gpu-p", "default", "tiny-4b"));
    }

    static Stream<String> terseGpus() {
        return Stream.of(
                "{\"name\":\"gpu-p\",\"endpoint\":\"http://127.0.0.1:8001\",\"models\":[\"tiny-4b\"]}",
                "{\"name\":\"gpu-p\",\"endpoint\":\"http://127.0.0.1:8001\",\"models\":[{\"name\":\"tiny-4b\"}],"
                    + "\"sidecar\":{\"kind\":\"none\"},\"pool\":null,\"slots\":null}");
    }
}
