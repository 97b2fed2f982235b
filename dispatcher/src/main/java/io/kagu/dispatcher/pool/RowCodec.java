package io.kagu.dispatcher.pool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;

import io.kagu.common.codec.Json;
import io.kagu.common.codec.JsonFieldsReader;
import io.kagu.common.job.Pause;
import io.kagu.dispatcher.core.BreakerState;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.Lease;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Writes rows as JSON in a versioned envelope and reads them back. */
final class RowCodec {

    /** The version this code writes; it reads this one and the one before. */
    static final int SCHEMA = 1;

    private static final JsonMapper MAPPER =
            byReflection()
                    .rebuild()
                    .addModule(new SimpleModule("rows").addSerializer(new JobRowSerializer()))
                    .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(Envelope.class);
    private static final Set<String> ENVELOPE = Set.of("schema", "row");
    private static final ObjectReader BREAKER_READER = MAPPER.readerFor(BreakerEnvelope.class);

    private RowCodec() {}

    /** The mapper that {@link JobRowSerializer} and {@link JobRowReader} must be like. */
    static JsonMapper byReflection() {
        return ((JsonMapper) Json.MAPPER.copy())
                .rebuild()
                .addMixIn(JobState.class, StateNames.class)
                .addMixIn(Lease.class, LeaseForm.class)
                .build();
    }

    private record Envelope(int schema, JobRow row) {}

    private static final ObjectReader PAUSE_READER = MAPPER.readerFor(PauseEnvelope.class);

    private record PauseEnvelope(int schema, Pause pause) {}

    private record BreakerEnvelope(int schema, BreakerState breaker) {}

    /** Gives each state the name it has in the store. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = JobState.Queued.class, name = "queued"),
        @JsonSubTypes.Type(value = JobState.Running.class, name = "running"),
        @JsonSubTypes.Type(value = JobState.Retrying.class, name = "retrying"),
        @JsonSubTypes.Type(value = JobState.Forwarded.class, name = "forwarded"),
        @JsonSubTypes.Type(value = JobState.Completed.class, name = "completed"),
        @JsonSubTypes.Type(value = JobState.Dead.class, name = "dead"),
        @JsonSubTypes.Type(value = JobState.Cancelled.class, name = "cancelled"),
        @JsonSubTypes.Type(value = JobState.Expired.class, name = "expired")
    })
    private interface StateNames {}

    /** Few calls are spilled; the mapper alone looks at this. */
    @SuppressWarnings("UnusedMethod")
    private interface LeaseForm {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        long startBefore();
    }

    static byte[] write(JobRow row) {
        try {
            return WRITER.writeValueAsBytes(new Envelope(SCHEMA, row));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the row of job " + row.id(), e);
        }
    }

    static byte[] write(BreakerState breaker) {
        return Json.write(new BreakerEnvelope(SCHEMA, breaker));
    }

    /** Our own store holds nothing else, so what cannot be read is damage and stops the task. */
    static JobRow read(byte[] json) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            parser.nextToken();
            JsonFieldsReader envelope = JsonFieldsReader.open(parser, ENVELOPE);
            check(envelope.count("schema"));
            JobRow row = envelope.object("row", JobRowReader::read);
            envelope.close();
            return row;
        } catch (IOException e) {
            throw new UncheckedIOException("damaged row in the job store", e);
        }
    }

    static BreakerState readBreaker(byte[] json) {
        try {
            BreakerEnvelope envelope = BREAKER_READER.readValue(json);
            check(envelope.schema());
            return envelope.breaker();
        } catch (IOException e) {
            throw new UncheckedIOException("damaged breaker in the job store", e);
        }
    }

    static byte[] write(Pause pause) {
        return Json.write(new PauseEnvelope(SCHEMA, pause));
    }

    static Pause readPause(byte[] json) {
        try {
            PauseEnvelope envelope = PAUSE_READER.readValue(json);
            check(envelope.schema());
            return envelope.pause();
        } catch (IOException e) {
            throw new UncheckedIOException("damaged pause in the job store", e);
        }
    }

    private static void check(int schema) {
        if (schema > SCHEMA || schema < SCHEMA - 1) {
            throw new IllegalStateException("unknown row schema " + schema);
        }
    }
}
