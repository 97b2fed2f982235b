package io.kagu.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import java.net.http.HttpResponse;

/** Reads a server's answer to a submission. */
final class SubmitAnswers {

    private SubmitAnswers() {}

    static SubmitAnswer of(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode body = tree(response.body());
        String code = body.path("code").asText("");
        if (status == 429 || status == 503) {
            return new SubmitAnswer.Busy(RetryAfter.seconds(response), code);
        }
        if (status >= 500 || status == 408) {
            return new SubmitAnswer.Unreachable("status " + status + " " + code);
        }
        if (status >= 400) {
            return new SubmitAnswer.Refused(status, code, detail(body, status));
        }
        String id = body.path("id").asText("");
        return id.isEmpty()
                ? new SubmitAnswer.Unreachable("status " + status + " without a job id")
                : new SubmitAnswer.Accepted(id);
    }

    private static String detail(JsonNode problem, int status) {
        String detail = problem.path("detail").asText("");
        return detail.isEmpty() ? "the server answers with status " + status : detail;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (BadJsonException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
