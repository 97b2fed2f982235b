package io.kagu.ingest.core.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuSpec;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a GPU's entry as an operator writes it; any bytes give an entry or a refusal. */
public final class GpuSpecReader {

    private static final ObjectReader STRICT =
            Json.MAPPER
                    .readerFor(GpuSpec.class)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    private GpuSpecReader() {}

    /** What was read. */
    public sealed interface Reading {

        /** An entry that can be judged. */
        record Entry(GpuSpec spec) implements Reading {}

        /** No entry. */
        record Refused(GpuRefusal refusal) implements Reading {}
    }

    /**
     * The entry in some JSON.
     *
     * @param name what the entry's own name must be, if it has one
     */
    public static Reading read(String name, byte[] json) {
        try {
            return Json.tree(json) instanceof ObjectNode object
                    ? entry(name, object)
                    : new Reading.Refused(new GpuRefusal.Malformed("it is no JSON object"));
        } catch (BadJsonException e) {
            return new Reading.Refused(new GpuRefusal.Malformed(String.valueOf(e.getMessage())));
        }
    }

    private static Reading entry(String name, ObjectNode object) {
        JsonNode own = object.path("name");
        if (!own.isMissingNode() && !own.asText().equals(name)) {
            return invalid("name must be that of the path");
        }
        object.put("name", name);
        try {
            return new Reading.Entry(STRICT.readValue(object));
        } catch (UnrecognizedPropertyException e) {
            return new Reading.Refused(unknown(e));
        } catch (JsonProcessingException e) {
            return invalid(Json.fault(e));
        } catch (IOException e) {
            return invalid("unreadable");
        }
    }

    private static Reading invalid(String fault) {
        return new Reading.Refused(new GpuRefusal.InvalidField(fault));
    }

    private static GpuRefusal unknown(UnrecognizedPropertyException e) {
        String field =
                e.getPath().stream()
                        .map(step ->
                                Optional.ofNullable(step.getFieldName())
                                        .orElseGet(() -> Integer.toString(step.getIndex())))
                        .collect(Collectors.joining("."));
        TreeSet<String> known = new TreeSet<>();
        e.getKnownPropertyIds().forEach(id -> known.add(id.toString()));
        return new GpuRefusal.UnknownField(field, List.copyOf(known));
    }
}
