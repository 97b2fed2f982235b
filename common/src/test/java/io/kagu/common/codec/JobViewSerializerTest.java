package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.kagu.common.Samples;
import io.kagu.common.job.JobView;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

final class JobViewSerializerTest {

    private static final ObjectMapper PLAIN = Json.configured(JsonMapper.builder()).build();

    static Stream<JobView> views() {
        return Stream.of(Samples.fullView(), Samples.plainView());
    }

    @ParameterizedTest
    @MethodSource("views")
    void aViewIsWrittenAsTheMapperWouldByItself(JobView view) throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(view)).isEqualTo(PLAIN.writeValueAsString(view));
        assertThat((Object) Json.MAPPER.valueToTree(view)).isEqualTo(PLAIN.valueToTree(view));
    }
}
