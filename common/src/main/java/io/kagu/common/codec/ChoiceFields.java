package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.SerializedString;

import io.kagu.common.job.Choice;
import io.kagu.common.job.Choice.PassedOver;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes and reads a choice as Jackson would, without reflection: events and rows carry it at full
 * rate.
 */
public final class ChoiceFields {

    private static final SerializedString CHOICE = new SerializedString("choice");
    private static final SerializedString RULE = new SerializedString("rule");
    private static final SerializedString FALLBACK = new SerializedString("fallback");
    private static final SerializedString SCORE = new SerializedString("score");
    private static final SerializedString PASSED_OVER = new SerializedString("passed_over");
    private static final SerializedString COUNTS = new SerializedString("counts");
    private static final SerializedString GPU = new SerializedString("gpu");
    private static final SerializedString WHY = new SerializedString("why");

    private static final Set<String> NAMES =
            Set.of("rule", "fallback", "score", "passed_over", "counts");
    private static final Set<String> NAMES_OF_OTHER = Set.of("gpu", "why", "score");

    private ChoiceFields() {}

    /** Writes the field {@code choice} if there is one. */
    public static void write(Optional<Choice> choice, JsonFields fields) throws IOException {
        if (choice.isEmpty()) {
            return;
        }
        JsonGenerator json = fields.json();
        json.writeFieldName(CHOICE);
        json.writeStartObject();
        fields.text(RULE, choice.get().rule()).text(FALLBACK, choice.get().fallback());
        json.writeFieldName(SCORE);
        json.writeNumber(choice.get().score());
        passedOver(choice.get(), fields);
        counts(choice.get(), json);
        json.writeEndObject();
    }

    private static void passedOver(Choice choice, JsonFields fields) throws IOException {
        JsonGenerator json = fields.json();
        json.writeFieldName(PASSED_OVER);
        json.writeStartArray();
        for (PassedOver other : choice.passedOver()) {
            json.writeStartObject();
            fields.text(GPU, other.gpu()).text(WHY, other.why());
            if (other.score().isPresent()) {
                json.writeFieldName(SCORE);
                json.writeNumber(other.score().getAsDouble());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void counts(Choice choice, JsonGenerator json) throws IOException {
        json.writeFieldName(COUNTS);
        json.writeStartObject();
        for (Map.Entry<String, Integer> count : choice.counts().entrySet()) {
            json.writeFieldName(count.getKey());
            json.writeNumber(count.getValue());
        }
        json.writeEndObject();
    }

    /** Reads the field {@code choice} if there is one. */
    public static Optional<Choice> read(JsonFieldsReader fields) throws IOException {
        return fields.optionalObject(CHOICE.getValue(), ChoiceFields::choice);
    }

    private static Choice choice(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, NAMES);
        Choice choice =
                new Choice(
                        fields.text(RULE.getValue()),
                        fields.optionalText(FALLBACK.getValue()),
                        fields.optionalDouble(SCORE.getValue()).orElse(0),
                        fields.objects(PASSED_OVER.getValue(), ChoiceFields::passedOver),
                        fields.counts(COUNTS.getValue()));
        fields.close();
        return choice;
    }

    private static PassedOver passedOver(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, NAMES_OF_OTHER);
        PassedOver other =
                new PassedOver(
                        fields.text(GPU.getValue()),
                        fields.text(WHY.getValue()),
                        fields.optionalDouble(SCORE.getValue()));
        fields.close();
        return other;
    }
}
