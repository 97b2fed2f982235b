package io.kagu.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges the headers of answers: those that must be there, their values, and those beyond. */
final class AnswerHeaders {

    /** Headers that mean something to callers; what the server adds by itself is left alone. */
    private static final Set<String> TELLING =
            Set.of("location", "retry-after", "etag", "ratelimit", "ratelimit-policy");

    private static final String TELLING_PREFIX = "x-";

    private final ApiDescription api;

    AnswerHeaders(ApiDescription api) {
        this.api = api;
    }

    List<String> faults(Exchange exchange, JsonPointer response) {
        List<String> faults = new ArrayList<>();
        JsonPointer described = response.appendProperty("headers");
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        api.at(described)
                .propertyStream()
                .forEach(header -> {
                    known.add(header.getKey());
                    faults.addAll(
                            faults(
                                    exchange,
                                    header.getKey(),
                                    api.followed(described.appendProperty(header.getKey()))));
                });
        exchange.headers().map().keySet().stream()
                .filter(name -> telling(name) && !known.contains(name))
                .forEach(name -> faults.add("the header %s is not described".formatted(name)));
        return faults;
    }

    private static boolean telling(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(TELLING_PREFIX) || TELLING.contains(lower);
    }

    private List<String> faults(Exchange exchange, String name, JsonPointer header) {
        Optional<String> value = exchange.header(name);
        if (value.isEmpty()) {
            return api.at(header).path("required").asBoolean()
                    ? List.of("the header %s is missing".formatted(name))
                    : List.of();
        }
        JsonPointer schema = header.appendProperty("schema");
        return api.faults(schema, value(value.get(), api.at(api.followed(schema)))).stream()
                .map(fault -> "the header %s is %s%s".formatted(name, value.get(), fault))
                .toList();
    }

    /** A number where one is meant; text that is none stays text, and so breaks the schema. */
    private static JsonNode value(String text, JsonNode schema) {
        String type = schema.path("type").asText();
        if (type.equals("integer") || type.equals("number")) {
            try {
                return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
            } catch (NumberFormatException _) {
                return JsonNodeFactory.instance.textNode(text);
            }
        }
        return JsonNodeFactory.instance.textNode(text);
    }
}
