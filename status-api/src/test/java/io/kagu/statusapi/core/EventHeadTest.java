package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.job.JobStatus;
import io.kagu.statusapi.JobStory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class EventHeadTest {

    @Test
    void readsWhatADispatcherWrites() {
        byte[] event = JobStory.event(new JobStory("job-1").completed());

        assertThat(EventHead.read(event))
                .isEqualTo(
                        new EventHead(
                                1,
                                "job-1",
                                1,
                                4,
                                JobStatus.COMPLETED,
                                Optional.of(JobStory.T0),
                                new JobLabels("normal", "qwen-27b", "default")));
    }

    @Test
    void neitherOrderNorUnknownFieldsMatter() {
        String event =
                """
                {"job": {"attempts": [{"id": "not-this"}], "version": 3, "run": 2, "new": {"a": [1]},
                         "state": "DEAD", "id": "job-1"},
                 "type": "JOB_FROM_THE_FUTURE", "extra": [{"job": 1}], "schema": 1}
                """;

        assertThat(EventHead.read(event.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        new EventHead(
                                1,
                                "job-1",
                                2,
                                3,
                                JobStatus.DEAD,
                                Optional.empty(),
                                JobLabels.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "null",
                "[]",
                "{}",
                "{'schema': 1}",
                "{'schema': 'one', 'job': {'id': 'a', 'version': 1, 'state': 'DEAD'}}",
                "{'schema': 1, 'job': 'a'}",
                "{'schema': 1, 'job': {'id': 'a', 'version': 1, 'state': 'LOST'}}",
                "{'schema': 1, 'job': {'id': 'a', 'version': 1, 'state': 'DEAD'}",
                "{'schema': 1, 'job': {'id': 'a', 'version': 1, 'state': 'DEAD'}} {}",
            })
    void anythingElseIsBadJson(String event) {
        byte[] bytes = event.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EventHead.read(bytes)).isInstanceOf(BadJsonException.class);
    }
}
