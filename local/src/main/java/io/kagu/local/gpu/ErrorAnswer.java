package io.kagu.local.gpu;

import java.util.Optional;

/** An error in OpenAI's shape: {@code {"error":{"message","type","param","code"}}}. */
record ErrorAnswer(int status, String message, Optional<String> param, Optional<String> code) {

    static ErrorAnswer badRequest(String message, String param) {
        return new ErrorAnswer(400, message, Optional.of(param), Optional.empty());
    }

    static ErrorAnswer notJson(String message) {
        return new ErrorAnswer(400, message, Optional.empty(), Optional.empty());
    }

    static ErrorAnswer unknownModel(String model) {
        return new ErrorAnswer(
                404,
                "The model `" + model + "` does not exist.",
                Optional.of("model"),
                Optional.of("model_not_found"));
    }

    static ErrorAnswer ofFault(int status) {
        return new ErrorAnswer(
                status, "The simulated GPU was told to fail.", Optional.empty(), Optional.empty());
    }

    byte[] body() {
        var root = Bodies.JSON.createObjectNode();
        var error = root.putObject("error");
        error.put("message", message);
        error.put("type", type());
        error.put("param", param.orElse(null));
        error.put("code", code.orElse(null));
        return Bodies.bytesOf(root);
    }

    private String type() {
        if (status == 429) {
            return "rate_limit_error";
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }
}
