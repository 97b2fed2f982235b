package io.kagu.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the content type and the body of answers. */
final class AnswerBodies {

    private final ApiDescription api;

    AnswerBodies(ApiDescription api) {
        this.api = api;
    }

    List<String> faults(Exchange exchange, JsonPointer response) {
        JsonPointer content = response.appendProperty("content");
        if (api.at(content).isEmpty()) {
            return exchange.body().isEmpty() ? List.of() : List.of("a body is not described");
        }
        String type = exchange.mediaType().orElse("");
        return described(content, type)
                .map(media -> faults(exchange.body(), type, media))
                .orElseGet(() -> ofAnyType(content));
    }

    /** What comes from outside, as a GPU's response, may be anything. */
    private List<String> ofAnyType(JsonPointer content) {
        return described(content, MediaTypes.ANY).isPresent()
                ? List.of()
                : List.of("the content type is not described");
    }

    private Optional<JsonPointer> described(JsonPointer content, String type) {
        return Optional.of(content.appendProperty(type)).filter(at -> !api.at(at).isMissingNode());
    }

    private List<String> faults(Exchange.Body body, String type, JsonPointer media) {
        if (type.equals(MediaTypes.EVENTS)) {
            return ofEvents(body, media.appendProperty("x-events"));
        }
        if (type.equals(MediaTypes.LINES)) {
            return ofLines(body, media.appendProperty("x-item-schema"));
        }
        JsonPointer schema = media.appendProperty("schema");
        return MediaTypes.isJson(type) ? ofJson(body.bytes(), schema) : List.of();
    }

    private List<String> ofJson(byte[] json, JsonPointer schema) {
        try {
            JsonNode value = Json.tree(json);
            return value.isMissingNode() ? List.of("no body") : api.faults(schema, value);
        } catch (BadJsonException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private List<String> ofLines(Exchange.Body body, JsonPointer schema) {
        return body.text()
                .lines()
                .flatMap(line -> ofJson(line.getBytes(StandardCharsets.UTF_8), schema).stream())
                .toList();
    }

    private List<String> ofEvents(Exchange.Body body, JsonPointer events) {
        List<String> faults = new ArrayList<>();
        for (ServerSentEvent event : ServerSentEvent.wholeOnesOf(body.text())) {
            JsonPointer schema = events.appendProperty(event.name());
            if (api.at(schema).isMissingNode()) {
                faults.add("the event %s is not described".formatted(event.name()));
            } else {
                ofJson(event.data().getBytes(StandardCharsets.UTF_8), schema).stream()
                        .map(fault -> "event " + event.name() + fault)
                        .forEach(faults::add);
            }
        }
        return faults;
    }
}
