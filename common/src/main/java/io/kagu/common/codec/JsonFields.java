package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes the fields of an object one by one, by the conventions of {@link Json}: for the few shapes
 * that are written so often that the mapper's reflection counts. A test holds each of them to what
 * the mapper writes.
 */
public record JsonFields(JsonGenerator json) {

    public JsonFields text(SerializedString name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
        return this;
    }

    public JsonFields text(SerializedString name, Optional<String> value) throws IOException {
        return value.isPresent() ? text(name, value.get()) : this;
    }

    public JsonFields time(SerializedString name, Instant value) throws IOException {
        return text(name, Rfc3339.text(value));
    }

    public JsonFields time(SerializedString name, Optional<Instant> value) throws IOException {
        return value.isPresent() ? time(name, value.get()) : this;
    }

    public JsonFields number(SerializedString name, long value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(value);
        return this;
    }

    public JsonFields number(SerializedString name, int value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(value);
        return this;
    }

    public JsonFields number(SerializedString name, OptionalLong value) throws IOException {
        return value.isPresent() ? number(name, value.getAsLong()) : this;
    }

    public JsonFields number(SerializedString name, OptionalInt value) throws IOException {
        return value.isPresent() ? number(name, value.getAsInt()) : this;
    }

    public JsonFields number(SerializedString name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            json.writeFieldName(name);
            json.writeNumber(value.getAsDouble());
        }
        return this;
    }

    public JsonFields flag(SerializedString name, boolean value) throws IOException {
        json.writeFieldName(name);
        json.writeBoolean(value);
        return this;
    }
}
