package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.kagu.common.job.JobEvent;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a lifecycle event as Kagu writes it, without the mapper's reflection: a takeover reads the
 * tail of the topic, and the simulation every event there is. What looks otherwise is left to the
 * mapper, which takes fields in any order and says what is wrong with the rest.
 */
public final class JobEventReader {

    private static final Set<String> EVENT = Set.of("schema", "type", "time", "job");

    private JobEventReader() {}

    /**
     * The event in some JSON.
     *
     * @throws BadJsonException if it is no JSON or no event
     */
    public static JobEvent read(byte[] bytes) {
        try (JsonParser json = Json.MAPPER.createParser(bytes)) {
            json.nextToken();
            return event(json);
        } catch (IOException | IllegalArgumentException e) {
            return Json.read(bytes, JobEvent.class);
        }
    }

    /** The type of an event, read alone; empty if that takes reading the whole. */
    public static Optional<JobEvent.Type> typeOf(byte[] bytes) {
        try (JsonParser json = Json.MAPPER.createParser(bytes)) {
            json.nextToken();
            boolean asWritten =
                    "schema".equals(json.nextFieldName())
                            && json.nextToken() == JsonToken.VALUE_NUMBER_INT
                            && "type".equals(json.nextFieldName());
            String type = asWritten ? json.nextTextValue() : null;
            return type == null ? Optional.empty() : Optional.of(JobEvent.Type.valueOf(type));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JobEvent event(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, EVENT);
        JobEvent event =
                new JobEvent(
                        fields.count("schema"),
                        JobEvent.Type.valueOf(fields.text("type")),
                        fields.time("time"),
                        fields.object("job", JobViewReader::view));
        fields.close();
        return event;
    }
}
