package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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

    /** As an answer carries a view among fields of its own. */
    private record Around(String before, @JsonUnwrapped JobView view, String after) {}

    @ParameterizedTest
    @MethodSource("views")
    void aViewIsUnwrappedAsTheMapperWouldByItself(JobView view) throws Exception {
        Around around = new Around("b", view, "a");

        assertThat(Json.MAPPER.writeValueAsString(around))
                .isEqualTo(PLAIN.writeValueAsString(around));
    }

    @ParameterizedTest
    @MethodSource("views")
    void aViewIsWrittenAsTheMapperWouldByItself(JobView view) throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(view)).isEqualTo(PLAIN.writeValueAsString(view));
        assertThat((Object) Json.MAPPER.valueToTree(view)).isEqualTo(PLAIN.valueToTree(view));
    }
}
