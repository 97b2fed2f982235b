package io.kagu.common.publish;

import static io.kagu.common.Samples.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

final class JobRequestTest {

    private static JobRequest.Builder request() {
        return JobRequest.of("m", Body.of("{}"));
    }

    @Test
    void everythingButModelAndBodyHasADefault() {
        Job job = request().build().toJob(NOON);

        assertThat(job).isEqualTo(Job.of(job.id(), "m", Priority.NORMAL, NOON));
        assertThat(JobIds.valid(job.id())).isTrue();
    }

    @Test
    void everyPartReachesTheJob() {
        JobRequest request =
                request()
                        .id("mine")
                        .priority(Priority.HIGH)
                        .tenant("team-a")
                        .path("/v1/embeddings")
                        .contentType("text/plain")
                        .deadline(NOON.plusSeconds(1))
                        .maxAttempts(2)
                        .tokens(30)
                        .affinity("session")
                        .build();

        assertThat(request.toJob(NOON))
                .isEqualTo(
                        new Job(
                                "mine",
                                "m",
                                Priority.HIGH,
                                "team-a",
                                "/v1/embeddings",
                                "text/plain",
                                NOON,
                                Optional.of(NOON.plusSeconds(1)),
                                OptionalInt.of(2),
                                OptionalLong.of(30),
                                Optional.empty(),
                                Optional.of("session")));
    }

    static Stream<JobRequest.Builder> bad() {
        return Stream.of(
                JobRequest.of(" ", Body.of("")),
                request().id("a/b"),
                request().tenant(""),
                request().path("http://host/"),
                request().contentType(""),
                request().maxAttempts(0),
                request().tokens(-1));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNotAllowedIsRefusedBeforeItIsSent(JobRequest.Builder bad) {
        assertThatThrownBy(bad::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must");
    }

    @Test
    void aBodyIsACopyThatNeverPrintsItself() {
        byte[] bytes = {'h', 'i'};
        Body body = Body.of(bytes);
        bytes[0] = 'X';
        body.bytes()[1] = 'X';

        assertThat(body).isEqualTo(Body.of("hi")).hasSameHashCodeAs(Body.of("hi"));
        assertThat(body).isNotEqualTo(Body.of("ho"));
        assertThat(body.text()).isEqualTo("hi");
        assertThat(body.size()).isEqualTo(2);
        assertThat(request().build().toString()).contains("Body[2 bytes]").doesNotContain("{}");
    }
}
