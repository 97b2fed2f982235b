package io.kagu.common.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON as Kagu writes it everywhere: snake_case, RFC 3339 times in UTC, absent values left out. */
public final class Json {

    /** The one mapper; safe for many threads. */
    public static final ObjectMapper MAPPER =
            configured(JsonMapper.builder(factory()))
                    .addModule(new SimpleModule("views").addSerializer(new JobViewSerializer()))
                    .build();

    private Json() {}

    /** Its buffers outlive the virtual threads of requests, which the default ties them to. */
    private static JsonFactory factory() {
        return JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .build();
    }

    /** The same conventions for a mapper of another format, such as YAML. */
    public static <B extends MapperBuilder<?, B>> B configured(B builder) {
        return builder.addModule(new Jdk8Module())
                .addModule(
                        new JavaTimeModule()
                                .addSerializer(Instant.class, new Rfc3339.Serializer())
                                .addDeserializer(Instant.class, new Rfc3339.Deserializer()))
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** The JSON of a value of ours. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /**
     * The value in some JSON.
     *
     * @throws BadJsonException if it is no JSON or not of this shape
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new BadJsonException(type.getSimpleName() + " expected, got null");
            }
            return value;
        } catch (IOException e) {
            throw new BadJsonException("no " + type.getSimpleName() + ": " + fault(e));
        }
    }

    /**
     * The tree of some JSON.
     *
     * @throws BadJsonException if it is no JSON
     */
    public static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new BadJsonException("no JSON: " + fault(e));
        }
    }

    /** What is wrong with some JSON; in our words, the input may be somebody's prompt. */
    public static String fault(IOException e) {
        return switch (e) {
            case JsonMappingException mapping when !mapping.getPath().isEmpty() ->
                    "bad value of " + path(mapping) + place(mapping);
            case JsonEOFException ends -> "it ends too early" + place(ends);
            case JsonParseException malformed -> "malformed" + place(malformed);
            case JsonProcessingException other -> "not of this shape" + place(other);
            default -> "unreadable";
        };
    }

    /** Names of our own fields only: the keys of a map are content. */
    private static String path(JsonMappingException e) {
        return e.getPath().stream().map(Json::step).collect(Collectors.joining("."));
    }

    private static String step(JsonMappingException.Reference at) {
        if (at.getFieldName() == null) {
            return Integer.toString(at.getIndex());
        }
        return at.getFrom() instanceof Map ? "*" : at.getFieldName();
    }

    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
