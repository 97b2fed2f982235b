package io.kagu.ingest.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a caller said of a job, in its own spelling and not yet checked. Immutable. */
public final class Fields {

    private final Function<Field, String> spelling;
    private final Map<Field, Given> given;

    private Fields(Function<Field, String> spelling, Map<Field, Given> given) {
        this.spelling = spelling;
        this.given = given;
    }

    /**
     * One value.
     *
     * @param name the header or member it came in
     */
    public record Given(String name, String value) {}

    /** No fields, of a caller that writes headers. */
    public static Fields ofHeaders() {
        return new Fields(Field::header, new EnumMap<>(Field.class));
    }

    /** No fields, of a caller that writes an envelope. */
    static Fields ofEnvelope() {
        return new Fields(Field::member, new EnumMap<>(Field.class));
    }

    /** These fields and one more, or one of them with another value. */
    public Fields with(Field field, String value) {
        Map<Field, Given> more = new EnumMap<>(given);
        more.put(field, new Given(nameOf(field), value));
        return new Fields(spelling, more);
    }

    /** These fields without one. */
    public Fields without(Field field) {
        Map<Field, Given> fewer = new EnumMap<>(given);
        fewer.remove(field);
        return new Fields(spelling, fewer);
    }

    /** These fields, and the others' where these have none. */
    public Fields orElse(Fields others) {
        Map<Field, Given> all = new EnumMap<>(given);
        others.given.forEach(all::putIfAbsent);
        return new Fields(spelling, all);
    }

    /** What was given for a field. */
    public Optional<Given> get(Field field) {
        return Optional.ofNullable(given.get(field));
    }

    /** What was given for a field, as text. */
    public Optional<String> value(Field field) {
        return get(field).map(Given::value);
    }

    /** The name by which the caller knows a field. */
    public String nameOf(Field field) {
        return get(field)
                .map(Given::name)
                .orElseGet(() -> Objects.requireNonNull(spelling.apply(field)));
    }
}
