package io.kagu.statusapi.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.codec.Rfc3339;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.ViewVersion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The few fields of a lifecycle event that folding needs, read without building the rest: the fold
 * runs beside the dispatcher and most events are never asked for.
 *
 * @param run of the job's view; 1 where none is told
 * @param version of the job's view
 * @param submittedAt of the job; empty where none is told
 */
public record EventHead(
        int schema,
        String id,
        int run,
        long version,
        JobStatus state,
        Optional<Instant> submittedAt,
        JobLabels labels) {

    private static final JsonFactory FACTORY = Json.MAPPER.getFactory();

    /**
     * Reads an event, all of which must be well-formed JSON.
     *
     * @throws BadJsonException if it is not, or a field that is needed is absent
     */
    public static EventHead read(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return new Scan(parser).run();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new BadJsonException("no job event");
        }
    }

    /**
     * The bytes of an event's view, a JSON object.
     *
     * @param offset where the event begins; it goes to the end of the bytes
     * @throws BadJsonException if there is none
     */
    static ByteBuffer viewOf(byte[] bytes, int offset) {
        try (JsonParser parser = FACTORY.createParser(bytes, offset, bytes.length - offset)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean view = parser.currentName().equals("job");
                JsonToken value = parser.nextToken();
                int begin = (int) parser.currentTokenLocation().getByteOffset();
                if (view && value == JsonToken.START_OBJECT) {
                    int end = endOfObject(bytes, offset + begin);
                    return ByteBuffer.wrap(bytes, offset + begin, end - offset - begin).slice();
                }
                parser.skipChildren();
            }
            throw new BadJsonException("event without job");
        } catch (IOException e) {
            throw new BadJsonException("no job event");
        }
    }

    /** Where an object ends that begins here; it is known to be well-formed since it was folded. */
    private static int endOfObject(byte[] json, int begin) {
        int depth = 0;
        boolean quoted = false;
        for (int at = begin; at < json.length; at++) {
            switch (json[at]) {
                case '"' -> quoted = !quoted;
                case '\\' -> at++;
                case '{' -> depth += quoted ? 0 : 1;
                case '}' -> {
                    depth -= quoted ? 0 : 1;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
                default -> {}
            }
        }
        throw new BadJsonException("event that ends too early");
    }

    /** How this view stands to others of the job. */
    ViewVersion viewVersion() {
        return new ViewVersion(run, state.terminal(), version);
    }

    /** One pass over the tokens; the order of fields does not matter. */
    private static final class Scan {

        private final JsonParser parser;
        private OptionalInt schema = OptionalInt.empty();
        private Optional<String> id = Optional.empty();
        private int run = 1;
        private OptionalLong version = OptionalLong.empty();
        private Optional<JobStatus> state = Optional.empty();
        private Optional<Instant> submittedAt = Optional.empty();
        private String priority = "";
        private String model = "";
        private String tenant = "";

        Scan(JsonParser parser) {
            this.parser = parser;
        }

        EventHead run() throws IOException {
            requireObject(parser.nextToken());
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                eventField(parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw new BadJsonException("more than one value");
            }
            return new EventHead(
                    schema.orElseThrow(() -> missing("schema")),
                    id.orElseThrow(() -> missing("job.id")),
                    run,
                    version.orElseThrow(() -> missing("job.version")),
                    state.orElseThrow(() -> missing("job.state")),
                    submittedAt,
                    new JobLabels(priority, model, tenant));
        }

        private void eventField(String name) throws IOException {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "schema" -> schema = OptionalInt.of(parser.getIntValue());
                case "job" -> {
                    requireObject(value);
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        jobField(parser.currentName());
                    }
                }
                default -> parser.skipChildren();
            }
        }

        private void jobField(String name) throws IOException {
            parser.nextToken();
            switch (name) {
                case "id" -> id = Optional.of(parser.getText());
                case "run" -> run = parser.getIntValue();
                case "version" -> version = OptionalLong.of(parser.getLongValue());
                case "state" -> state = Optional.of(JobStatus.valueOf(parser.getText()));
                case "submitted_at" -> submittedAt = Optional.of(Rfc3339.parse(parser.getText()));
                case "priority" -> priority = parser.getText();
                case "model" -> model = parser.getText();
                case "tenant" -> tenant = parser.getText();
                default -> parser.skipChildren();
            }
        }

        private static void requireObject(JsonToken token) {
            if (token != JsonToken.START_OBJECT) {
                throw new BadJsonException("no object");
            }
        }

        private static BadJsonException missing(String field) {
            return new BadJsonException("event without " + field);
        }
    }
}
