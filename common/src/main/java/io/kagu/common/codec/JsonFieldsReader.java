package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the fields of an object one by one, in the order in which {@link JsonFields} writes them:
 * for the few shapes that are read so often that the mapper's reflection counts. A field that is
 * not there is empty, or its type's zero; one of another name, as a later version may write, is
 * passed over. A test holds each shape to what the mapper reads.
 */
public final class JsonFieldsReader {

    private final JsonParser json;
    private final Set<String> names;

    /** A shape that reads its own fields and nothing else. */
    @FunctionalInterface
    public interface Shape<T> {

        /** The value, from a parser that stands at the start of its object. */
        T read(JsonParser json) throws IOException;
    }

    private JsonFieldsReader(JsonParser json, Set<String> names) {
        this.json = json;
        this.names = names;
    }

    /**
     * Begins to read an object.
     *
     * @param json stands at the object's start
     * @param names of all fields that are going to be asked for
     * @throws JsonParseException if there is no object
     */
    public static JsonFieldsReader open(JsonParser json, Set<String> names) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(json, "object expected");
        }
        json.nextToken();
        return new JsonFieldsReader(json, names);
    }

    /**
     * Ends the object; the parser then stands at its end.
     *
     * @throws JsonParseException if a field of ours came in another order
     */
    public void close() throws IOException {
        while (json.currentToken() == JsonToken.FIELD_NAME) {
            if (names.contains(json.currentName())) {
                throw new JsonParseException(json, "field out of order: " + json.currentName());
            }
            skip();
        }
        expect(JsonToken.END_OBJECT, "its end");
    }

    /** The text of a field that is always there. */
    public String text(String name) throws IOException {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** The text of a field. */
    public Optional<String> optionalText(String name) throws IOException {
        if (!at(name)) {
            return Optional.empty();
        }
        String text = json.getText();
        json.nextToken();
        return Optional.of(text);
    }

    /** The time of a field that is always there. */
    public Instant time(String name) throws IOException {
        return optionalTime(name).orElseThrow(() -> missing(name));
    }

    /** The time of a field. */
    public Optional<Instant> optionalTime(String name) throws IOException {
        try {
            return optionalText(name).map(Rfc3339::parse);
        } catch (DateTimeException e) {
            throw new JsonParseException(json, "no time: " + name, e);
        }
    }

    /** The number of a field; 0 if it is not there. */
    public long number(String name) throws IOException {
        return at(name) ? takeLong() : 0;
    }

    /** The number of a field; 0 if it is not there. */
    public int count(String name) throws IOException {
        return at(name) ? takeInt() : 0;
    }

    /** The number of a field. */
    public OptionalLong optionalNumber(String name) throws IOException {
        return at(name) ? OptionalLong.of(takeLong()) : OptionalLong.empty();
    }

    /** The number of a field. */
    public OptionalInt optionalCount(String name) throws IOException {
        return at(name) ? OptionalInt.of(takeInt()) : OptionalInt.empty();
    }

    /** The number of a field. */
    public OptionalDouble optionalDouble(String name) throws IOException {
        return at(name) ? OptionalDouble.of(takeDouble()) : OptionalDouble.empty();
    }

    /** The flag of a field; false if it is not there. */
    public boolean flag(String name) throws IOException {
        if (!at(name)) {
            return false;
        }
        boolean value = json.getBooleanValue();
        json.nextToken();
        return value;
    }

    /** The object of a field that is always there. */
    public <T> T object(String name, Shape<T> shape) throws IOException {
        return optionalObject(name, shape).orElseThrow(() -> missing(name));
    }

    /** The object of a field. */
    public <T> Optional<T> optionalObject(String name, Shape<T> shape) throws IOException {
        if (!at(name)) {
            return Optional.empty();
        }
        T value = shape.read(json);
        json.nextToken();
        return Optional.of(value);
    }

    /** The objects of a field's list; none if it is not there. */
    public <T> List<T> objects(String name, Shape<T> shape) throws IOException {
        if (!at(name)) {
            return List.of();
        }
        expect(JsonToken.START_ARRAY, name);
        List<T> all = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.add(shape.read(json));
        }
        json.nextToken();
        return all;
    }

    /** The counts of a field, by name; none if it is not there. */
    public SortedMap<String, Integer> counts(String name) throws IOException {
        SortedMap<String, Integer> counts = new TreeMap<>();
        if (!at(name)) {
            return counts;
        }
        expect(JsonToken.START_OBJECT, name);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            counts.put(key, json.getIntValue());
        }
        json.nextToken();
        return counts;
    }

    /** Whether the field is next; then the parser stands at its value. */
    private boolean at(String name) throws IOException {
        while (json.currentToken() == JsonToken.FIELD_NAME) {
            String next = json.currentName();
            if (next.equals(name)) {
                return json.nextToken() != JsonToken.VALUE_NULL || passNull();
            }
            if (names.contains(next)) {
                return false;
            }
            skip();
        }
        return false;
    }

    /** What is null is not there. */
    private boolean passNull() throws IOException {
        json.nextToken();
        return false;
    }

    private void skip() throws IOException {
        json.nextToken();
        json.skipChildren();
        json.nextToken();
    }

    private long takeLong() throws IOException {
        long value = json.getLongValue();
        json.nextToken();
        return value;
    }

    private int takeInt() throws IOException {
        int value = json.getIntValue();
        json.nextToken();
        return value;
    }

    private double takeDouble() throws IOException {
        double value = json.getDoubleValue();
        json.nextToken();
        return value;
    }

    private void expect(JsonToken token, String where) throws IOException {
        if (json.currentToken() != token) {
            throw new JsonParseException(json, token + " expected: " + where);
        }
    }

    private JsonParseException missing(String name) {
        return new JsonParseException(json, "no " + name);
    }
}
