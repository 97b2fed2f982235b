package io.kagu.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

final class ProblemTest {

    @Test
    void aProblemIsWrittenAsRfc9457Says() {
        Problem problem =
                Problem.field(422, "unknown_priority", "priority", "high, normal or low")
                        .retryAfter(5);

        assertThat(Json.tree(Json.write(problem)))
                .isEqualTo(
                        Json.tree(
                                """
                                {"type":"about:blank","title":"Invalid priority","status":422,
                                 "code":"unknown_priority",
                                 "detail":"priority must be high, normal or low",
                                 "retry_after_seconds":5,
                                 "field":"priority","allowed":"high, normal or low"}
                                """
                                        .getBytes()));
    }

    @Test
    void aProblemWithoutMoreHasOnlyTheStandardFieldsAndItsCode() {
        assertThat(Json.write(Problem.of(404, "no_such_job", "Not found", "There is none")))
                .asString()
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,"
                                + "\"code\":\"no_such_job\",\"detail\":\"There is none\"}");
    }
}
