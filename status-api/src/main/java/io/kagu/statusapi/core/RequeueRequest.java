package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;

import io.kagu.common.codec.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which dead letters an operator wants to be queued again, and how carefully.
 *
 * @param dryRun only to count them
 * @param canary how many go first, and must complete before the rest goes
 * @param limit letters at most, the oldest first
 */
public record RequeueRequest(
        @JsonUnwrapped LetterFilter filter,
        boolean dryRun,
        double ratePerSecond,
        int canary,
        int limit) {

    private static final String DRY_RUN = "dry_run";
    private static final String RATE = "rate_per_second";
    private static final String CANARY = "canary";
    private static final String LIMIT = "limit";
    private static final double DEFAULT_RATE = 10;
    private static final double MIN_RATE = 0.01;
    private static final double MAX_RATE = 1000;
    private static final int MAX_CANARY = 100;
    private static final int DEFAULT_LIMIT = 10_000;
    private static final int MAX_LIMIT = 100_000;
    private static final ObjectReader READER =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * The request in a body; an object without fields means all letters.
     *
     * @throws FieldException naming the field and what is allowed
     */
    public static RequeueRequest read(byte[] body) {
        JsonNode fields = object(body);
        return new RequeueRequest(
                LetterFilter.read(texts(fields)),
                flag(fields),
                rate(fields),
                (int) whole(fields, CANARY, new Bounds(0, MAX_CANARY, 0)),
                (int) whole(fields, LIMIT, new Bounds(1, MAX_LIMIT, DEFAULT_LIMIT)));
    }

    private record Bounds(int min, int max, int standard) {}

    private static JsonNode object(byte[] body) {
        JsonNode fields;
        try {
            fields = READER.readTree(body);
        } catch (IOException e) {
            throw new FieldException("body", "a JSON object; " + Json.fault(e));
        }
        if (!fields.isObject()) {
            throw new FieldException("body", "a JSON object");
        }
        List<String> known = new ArrayList<>(LetterFilter.FIELDS);
        known.addAll(List.of(DRY_RUN, RATE, CANARY, LIMIT));
        fields.fieldNames().forEachRemaining(name -> Fields.requireKnown(name, known));
        return fields;
    }

    private static Map<String, String> texts(JsonNode fields) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : LetterFilter.FIELDS) {
            JsonNode value = fields.path(name);
            if (value.isTextual()) {
                texts.put(name, value.textValue());
            } else if (isGiven(value)) {
                throw new FieldException(name, "a text");
            }
        }
        return texts;
    }

    private static boolean flag(JsonNode fields) {
        JsonNode value = fields.path(DRY_RUN);
        if (isGiven(value) && !value.isBoolean()) {
            throw new FieldException(DRY_RUN, "true or false");
        }
        return value.asBoolean();
    }

    private static double rate(JsonNode fields) {
        JsonNode value = fields.path(RATE);
        if (!isGiven(value)) {
            return DEFAULT_RATE;
        }
        double rate = value.isNumber() ? value.doubleValue() : 0;
        if (!(rate >= MIN_RATE && rate <= MAX_RATE)) {
            throw new FieldException(RATE, "a number from 0.01 to 1000");
        }
        return rate;
    }

    private static long whole(JsonNode fields, String name, Bounds bounds) {
        JsonNode value = fields.path(name);
        if (!isGiven(value)) {
            return bounds.standard();
        }
        boolean fits =
                value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.intValue() >= bounds.min()
                        && value.intValue() <= bounds.max();
        if (!fits) {
            throw new FieldException(
                    name, "a whole number from %d to %d".formatted(bounds.min(), bounds.max()));
        }
        return value.intValue();
    }

    private static boolean isGiven(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }
}
