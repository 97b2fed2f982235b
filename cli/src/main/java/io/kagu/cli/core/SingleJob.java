package io.kagu.cli.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads an input that is one job: a line of a file of jobs, or only the body for the GPU. */
public final class SingleJob {

    private SingleJob() {}

    /** The input as a line of a file of jobs, with model and priority replaced where given. */
    public static String asLine(String input, Optional<String> model, Optional<String> priority) {
        Optional<ObjectNode> job = jobForm(input);
        if (job.isEmpty()) {
            return fields(model, priority) + "\"payload\":" + input.strip() + "}";
        }
        model.ifPresent(it -> job.get().put("model", it));
        priority.ifPresent(it -> job.get().put("priority", it));
        return job.get().toString();
    }

    private static Optional<ObjectNode> jobForm(String input) {
        try {
            JsonNode tree = Json.tree(input.getBytes(StandardCharsets.UTF_8));
            boolean wrapped = tree.path("payload").isObject() || tree.path("body").isObject();
            return wrapped && tree instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (BadJsonException e) {
            // Wrapped as it is, the parser of lines says what is wrong.
            return Optional.empty();
        }
    }

    private static String fields(Optional<String> model, Optional<String> priority) {
        StringBuilder text = new StringBuilder("{");
        model.ifPresent(it -> text.append("\"model\":").append(quoted(it)).append(','));
        priority.ifPresent(it -> text.append("\"priority\":").append(quoted(it)).append(','));
        return text.toString();
    }

    private static String quoted(String text) {
        return new String(Json.write(text), StandardCharsets.UTF_8);
    }
}
