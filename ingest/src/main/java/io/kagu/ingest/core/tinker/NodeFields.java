package io.kagu.ingest.core.tinker;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.ingest.core.Refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The fields of one JSON object, read one by one. A field that is null counts as absent, one that
 * nobody asks for is passed over. Faults are collected; the first is told.
 */
final class NodeFields {

    private final JsonNode object;
    private final String prefix;
    private final List<Refusal> faults;

    private NodeFields(JsonNode object, String prefix, List<Refusal> faults) {
        this.object = object;
        this.prefix = prefix;
        this.faults = faults;
    }

    /** The fields of a whole body. */
    static NodeFields of(JsonNode root) {
        NodeFields fields = new NodeFields(root, "", new ArrayList<>());
        if (!root.isObject()) {
            fields.faults.add(new Refusal.InvalidField("body", "a JSON object"));
        }
        return fields;
    }

    /** What was wrong first. */
    Optional<Refusal> fault() {
        return faults.stream().findFirst();
    }

    /** Notes that a field is not what it must be. */
    void fail(String name, String allowed) {
        faults.add(new Refusal.InvalidField(prefix + name, allowed));
    }

    /** The value of a field, whatever it is. */
    Optional<JsonNode> value(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    /** The fields of an object that must be there. */
    NodeFields object(String name) {
        Optional<JsonNode> value = value(name).filter(JsonNode::isObject);
        if (value.isEmpty()) {
            fail(name, "an object");
        }
        return new NodeFields(value.orElse(object), prefix + name + ".", faults);
    }

    Optional<String> text(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isPresent() && !value.get().isTextual()) {
            fail(name, "text");
        }
        return value.filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    boolean flag(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            fail(name, "true or false");
        }
        return value.map(JsonNode::booleanValue).orElse(false);
    }

    OptionalInt whole(String name, int least, int most) {
        OptionalLong number = whole(name, (long) least, most);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    /** 7.0 is a whole number, too: some languages write it so. */
    OptionalLong whole(String name, long least, long most) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode number = value.get();
        boolean fits =
                number.isNumber()
                        && number.canConvertToExactIntegral()
                        && number.canConvertToLong();
        if (!fits || number.longValue() < least || number.longValue() > most) {
            fail(name, "a whole number from %d to %d".formatted(least, most));
            return OptionalLong.empty();
        }
        return OptionalLong.of(number.longValue());
    }

    double number(String name, double least, double most, double absent) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return absent;
        }
        double number = value.get().isNumber() ? value.get().doubleValue() : Double.NaN;
        if (number >= least && number <= most) {
            return number;
        }
        fail(name, "a number from %s to %s".formatted(least, most));
        return absent;
    }
}
