package io.kagu.statusapi.web.queueclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.Json;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.ResponseHead;
import io.kagu.statusapi.core.ResultRow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class JobStatusAnswerTest {

    private final JobStory story = new JobStory("job-1");

    @Test
    void aJobGoesThroughTheirWords() {
        assertThat(status(story.accepted())).isEqualTo("queued");
        assertThat(status(story.running())).isEqualTo("processing");
        assertThat(status(story.retrying())).isEqualTo("retrying");
    }

    @ParameterizedTest
    @EnumSource(names = {"DEAD", "CANCELLED", "EXPIRED"})
    void everyEndWithoutResponseIsDeadAndSaysWhy(JobStatus end) {
        JsonNode answer = json(story.ended(end, "rejected"), Optional.empty());

        assertThat(answer.path("status").asText()).isEqualTo("dead");
        assertThat(answer.path("state").asText()).isEqualTo(end.name());
        assertThat(answer.path("last_error").asText()).isEqualTo("because of rejected");
        assertThat(answer.path("result").isNull()).isTrue();
    }

    @Test
    void aJobIsCompletedOnlyOnceItsResultIsThere() {
        assertThat(status(story.completed())).isEqualTo("processing");
        assertThat(json(story.completed(), response("ok")).path("status").asText())
                .isEqualTo("completed");
    }

    @Test
    void aResultIsWhole() {
        String text = "ü".repeat(5000);

        JsonNode answer = json(story.completed(), response(text));

        assertThat(answer.path("result").asText()).isEqualTo(text);
        assertThat(answer.path("result_encoding").asText()).isEqualTo("utf-8");
    }

    @Test
    void bytesThatAreNoTextComeAsBase64() {
        JsonNode answer = json(story.completed(), Optional.of(row(new byte[] {(byte) 0xff, 0, 1})));

        assertThat(answer.path("result").asText()).isEqualTo("/wAB");
        assertThat(answer.path("result_encoding").asText()).isEqualTo("base64");
    }

    @Test
    void timesAreEpochSecondsAndNullBeforeTheyCome() {
        JsonNode queued = json(story.queued(), Optional.empty());
        assertThat(queued.path("created_at").asDouble()).isEqualTo(1767323045.0);
        assertThat(queued.path("started_at").isNull()).isTrue();
        assertThat(queued.path("completed_at").isNull()).isTrue();
        assertThat(queued.path("gpu").isNull()).isTrue();

        JsonNode done = json(story.completed(), response("ok"));
        assertThat(done.path("started_at").asDouble()).isEqualTo(1767323046.0);
        assertThat(done.path("completed_at").asDouble()).isEqualTo(1767323047.0);
        assertThat(done.path("gpu").asText()).isEqualTo(JobStory.GPU);
        assertThat(done.path("attempt").asInt()).isEqualTo(1);
    }

    private static String status(JobView job) {
        return json(job, Optional.empty()).path("status").asText();
    }

    private static JsonNode json(JobView job, Optional<ResultRow> response) {
        return Json.tree(Json.write(JobStatusAnswer.of(job, response)));
    }

    private static Optional<ResultRow> response(String text) {
        return Optional.of(row(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ResultRow row(byte[] body) {
        return ResultRow.of(new ResponseHead(200, "text/plain", JobStory.GPU, 1), body);
    }
}
