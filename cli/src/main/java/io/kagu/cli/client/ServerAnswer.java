package io.kagu.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What a server said to a call that is not about a job. */
public sealed interface ServerAnswer {

    /** It was done. */
    record Done(String body) implements ServerAnswer {}

    /** It was not done, and why, in the server's words. */
    record Refused(int status, String detail) implements ServerAnswer {}

    /** No answer came. */
    record Unreachable(String reason) implements ServerAnswer {}

    /** The answer in a response. */
    static ServerAnswer of(HttpResponse<byte[]> response) {
        return response.statusCode() / 100 == 2
                ? new Done(new String(response.body(), StandardCharsets.UTF_8))
                : new Refused(response.statusCode(), detail(response));
    }

    private static String detail(HttpResponse<byte[]> response) {
        String status = "status " + response.statusCode();
        try {
            JsonNode problem = Json.tree(response.body());
            return problem.path("detail").asText(status);
        } catch (BadJsonException e) {
            return status;
        }
    }
}
