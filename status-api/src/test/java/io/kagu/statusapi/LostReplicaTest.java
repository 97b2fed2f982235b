package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is told of jobs whose replica cannot be asked. */
@ExtendWith(KafkaExtension.class)
class LostReplicaTest {

    @Test
    void aJobOfALostReplicaIsToldFromACopyAndNeverAsNotFound(TestKafka kafka, @TempDir Path dirs) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        try (StatusUnderTest first = StatusUnderTest.withStandbys(kafka, dirs.resolve("first"));
                StatusReplica second = first.another(dirs.resolve("second"), 1)) {
            List<String> ids = completedJobs(first);
            await().until(() -> count(first, ids, "X-Kagu-Forwarded", "1") < ids.size());

            second.cutOff();

            await().untilAsserted(() -> {
                List<HttpResponse<String>> answers = answers(first, ids);
                assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
                assertThat(answers).anyMatch(answer -> answer.body().contains("\"stale\":true"));
                assertThat(answers).anyMatch(answer -> answer.body().contains("\"stale\":false"));
            });
            await().untilAsserted(() -> {
                List<HttpResponse<String>> results =
                        answers(first, ids.stream().map(id -> id + "/result").toList());
                assertThat(results).allMatch(answer -> answer.body().equals("x"));
            });
            assertNothingIsSaidNotToExist(first, ids);
            JsonNode list = StatusReplica.json(first.replica().tryOnce("/v1/jobs?limit=500"));
            assertThat(list.path("incomplete").asBoolean()).isTrue();
            assertThat(list.path("missing_partitions").size()).isEqualTo(1);
            assertThat(list.path("partitions").size()).isEqualTo(1);
            assertThat(list.path("jobs").size()).isBetween(1, ids.size() - 1);

            second.close();

            await().untilAsserted(() ->
                    assertThat(answers(first, ids))
                            .allMatch(answer -> answer.body().contains("\"stale\":false")));
            await().until(() ->
                    first.replica().json("/v1/jobs?limit=500").path("jobs").size() == ids.size());
        }
    }

    private static List<String> completedJobs(StatusUnderTest status) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            JobStory job = new JobStory(UUID.randomUUID().toString());
            status.event(job.completed());
            status.result(job.id(), 200, "text/plain", new byte[] {'x'});
            ids.add(job.id());
        }
        return ids;
    }

    private static void assertNothingIsSaidNotToExist(StatusUnderTest status, List<String> ids) {
        List<String> unknown = ids.stream().map(id -> "no-" + id).toList();
        List<HttpResponse<String>> answers = answers(status, unknown);
        assertThat(answers).anyMatch(answer -> answer.statusCode() == 503);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 503)
                .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
    }

    private static List<HttpResponse<String>> answers(
            StatusUnderTest status, List<String> ids, String... headers) {
        return ids.stream().map(id -> status.replica().tryOnce("/v1/jobs/" + id, headers)).toList();
    }

    private static long count(StatusUnderTest status, List<String> ids, String... headers) {
        return answers(status, ids, headers).stream()
                .filter(answer -> answer.statusCode() == 200)
                .count();
    }
}
