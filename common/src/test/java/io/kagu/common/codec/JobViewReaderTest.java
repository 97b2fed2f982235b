package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.Samples;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

final class JobViewReaderTest {

    static Stream<JobView> views() {
        return Stream.of(Samples.fullView(), Samples.plainView());
    }

    private static Optional<JobView> read(String event) {
        return JobViewReader.ofEvent(event.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static String event(JobView view) {
        return new String(
                Json.write(JobEvent.of(JobEvent.Type.JOB_QUEUED, view)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("views")
    void aViewIsReadAsTheMapperReadsIt(JobView view) {
        String event = event(view);

        assertThat(read(event)).contains(view);
        assertThat(read(event)).contains(mapped(event));
    }

    private static JobView mapped(String event) {
        return Json.read(event.getBytes(StandardCharsets.UTF_8), JobEvent.class).job();
    }

    @Test
    void whatStandsBeforeTheEventIsPassedOver() {
        byte[] row = ("row" + event(Samples.fullView())).getBytes(StandardCharsets.UTF_8);

        assertThat(JobViewReader.ofEvent(row, 3)).contains(Samples.fullView());
    }

    @Test
    void aFieldOfALaterVersionIsPassedOver() {
        String event = event(Samples.plainView()).replace("\"tenant\"", "\"new\":[{}],\"tenant\"");

        assertThat(read(event)).contains(Samples.plainView());
    }

    @Test
    void whatIsWrittenOtherwiseIsLeftToTheMapper() {
        String event = event(Samples.plainView());
        String model = "\"model\":\"" + Samples.plainView().model() + "\",";
        String outOfOrder = event.replace(model, "").replace("\"job\":{", "\"job\":{" + model);

        assertThat(outOfOrder).isNotEqualTo(event);
        assertThat(mapped(outOfOrder)).isEqualTo(Samples.plainView());
        assertThat(read(outOfOrder)).isEmpty();
        assertThat(read(event.replace("\"id\"", "\"no\""))).isEmpty();
        assertThat(read(event + "{}")).isEmpty();
        assertThat(read(event.substring(1))).isEmpty();
    }
}
