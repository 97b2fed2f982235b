package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.kagu.common.Golden;
import io.kagu.common.Samples;
import io.kagu.common.job.JobEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class JobEventReaderTest {

    @ParameterizedTest
    @EnumSource
    void anEventIsReadAsItWasWritten(JobEvent.Type type) {
        for (JobEvent event :
                List.of(
                        JobEvent.of(type, Samples.fullView()),
                        JobEvent.of(type, Samples.plainView()))) {
            assertThat(JobEventReader.read(Json.write(event))).isEqualTo(event);
            assertThat(JobEventReader.typeOf(Json.write(event))).hasValue(type);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job-event-newer.json",
                "job-event-plain-v1.json",
                "job-event-v1-first.json",
                "job-event-v1.json"
            })
    void everyVersionIsReadAsTheMapperDoes(String golden) {
        byte[] json = Golden.bytes(golden);

        assertThat(JobEventReader.read(json)).isEqualTo(Json.read(json, JobEvent.class));
    }

    @Test
    void fieldsMayComeInAnyOrder() throws IOException {
        JobEvent event = JobEvent.of(JobEvent.Type.JOB_QUEUED, Samples.fullView());
        ObjectNode tree = (ObjectNode) Json.tree(Json.write(event));
        JsonNode type = tree.remove("type");
        tree.set("type", type);

        byte[] json = Json.MAPPER.writeValueAsBytes(tree);
        assertThat(JobEventReader.read(json)).isEqualTo(event);
        assertThat(JobEventReader.typeOf(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"schema\":1,\"type\":\"JOB_GONE\"}", "{\"a"})
    void whatIsNoEventIsSaidAsTheMapperDoes(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> JobEventReader.read(json))
                .isInstanceOf(BadJsonException.class)
                .hasMessageContaining("JobEvent");
    }
}
