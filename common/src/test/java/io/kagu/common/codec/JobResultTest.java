package io.kagu.common.codec;

import static io.kagu.common.Samples.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.Golden;

import org.junit.jupiter.api.Test;

import java.time.Instant;

final class JobResultTest {

    private static final JobResult RESULT =
            new JobResult("job-1", 200, "application/json", "gpu-b", 2, NOON, NOON.plusMillis(500));

    @Test
    void headersAreWrittenAsVersion1SaysThem() {
        assertThat(HeaderText.of(RESULT.headers("disp-1")))
                .isEqualTo(Golden.text("job-result-v1.headers"));
    }

    @Test
    void headersOfVersion1AreStillRead() {
        assertThat(JobResult.read(HeaderText.parse(Golden.text("job-result-v1.headers"))))
                .isEqualTo(RESULT);
    }

    @Test
    void whatIsNotSaidHasADefault() {
        assertThat(JobResult.read(HeaderText.parse("ce_id: j\nce_kagugpu: g")))
                .isEqualTo(
                        new JobResult(
                                "j",
                                200,
                                "application/octet-stream",
                                "g",
                                1,
                                Instant.EPOCH,
                                Instant.EPOCH));
    }

    @Test
    void aResultOfNoGpuIsABadRecord() {
        assertThatThrownBy(() -> JobResult.read(HeaderText.parse("ce_id: j")))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("missing header ce_kagugpu");
    }
}
