package io.kagu.dispatcher.pool;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

import io.kagu.common.codec.ChoiceFields;
import io.kagu.common.codec.JsonFields;
import io.kagu.common.job.Job;
import io.kagu.dispatcher.core.Attempt;
import io.kagu.dispatcher.core.JobRow;

import java.io.IOException;
import java.net.URI;

/**
 * Writes a row exactly as the mapper would by itself, without its reflection; a row is written at
 * every transition. The state, whose shapes are many, is left to the mapper.
 */
final class JobRowSerializer extends StdSerializer<JobRow> {

    private static final SerializedString JOB = new SerializedString("job");
    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString MODEL = new SerializedString("model");
    private static final SerializedString PRIORITY = new SerializedString("priority");
    private static final SerializedString TENANT = new SerializedString("tenant");
    private static final SerializedString PATH = new SerializedString("path");
    private static final SerializedString CONTENT_TYPE = new SerializedString("content_type");
    private static final SerializedString SUBMITTED_AT = new SerializedString("submitted_at");
    private static final SerializedString DEADLINE = new SerializedString("deadline");
    private static final SerializedString MAX_ATTEMPTS = new SerializedString("max_attempts");
    private static final SerializedString TOKENS = new SerializedString("tokens");
    private static final SerializedString CALLBACK = new SerializedString("callback");
    private static final SerializedString AFFINITY = new SerializedString("affinity");
    private static final SerializedString POOL = new SerializedString("pool");
    private static final SerializedString SEQUENCE = new SerializedString("sequence");
    private static final SerializedString TAG = new SerializedString("tag");
    private static final SerializedString COST = new SerializedString("cost");
    private static final SerializedString RUN = new SerializedString("run");
    private static final SerializedString VERSION = new SerializedString("version");
    private static final SerializedString BODY_DIGEST = new SerializedString("body_digest");
    private static final SerializedString QUEUED_AT = new SerializedString("queued_at");
    private static final SerializedString STATE = new SerializedString("state");
    private static final SerializedString ATTEMPT = new SerializedString("attempt");
    private static final SerializedString TALLY = new SerializedString("tally");
    private static final SerializedString FAULTS = new SerializedString("faults");
    private static final SerializedString LOSSES = new SerializedString("losses");
    private static final SerializedString OVERLOADS = new SerializedString("overloads");
    private static final SerializedString ATTEMPTS = new SerializedString("attempts");
    private static final SerializedString NUMBER = new SerializedString("number");
    private static final SerializedString GPU = new SerializedString("gpu");
    private static final SerializedString EXECUTOR = new SerializedString("executor");
    private static final SerializedString STARTED_AT = new SerializedString("started_at");
    private static final SerializedString ENDED_AT = new SerializedString("ended_at");
    private static final SerializedString ENDING = new SerializedString("ending");
    private static final SerializedString ERROR = new SerializedString("error");
    private static final SerializedString UPDATED_AT = new SerializedString("updated_at");

    JobRowSerializer() {
        super(JobRow.class);
    }

    @Override
    public void serialize(JobRow row, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        JsonFields fields = new JsonFields(json);
        json.writeStartObject(row);
        job(row.job(), fields);
        fields.text(POOL, row.pool())
                .text(MODEL, row.model())
                .number(SEQUENCE, row.sequence())
                .number(TAG, row.tag())
                .number(COST, row.cost())
                .number(RUN, row.run())
                .number(VERSION, row.version())
                .number(BODY_DIGEST, row.bodyDigest())
                .number(QUEUED_AT, row.queuedAt())
                .number(DEADLINE, row.deadline());
        json.writeFieldName(STATE);
        provider.defaultSerializeValue(row.state(), json);
        fields.number(ATTEMPT, row.attempt());
        tally(row.tally(), fields);
        attempts(row, fields);
        fields.number(UPDATED_AT, row.updatedAt());
        json.writeEndObject();
    }

    private static void job(Job job, JsonFields fields) throws IOException {
        fields.json().writeFieldName(JOB);
        fields.json().writeStartObject();
        fields.text(ID, job.id())
                .text(MODEL, job.model())
                .text(PRIORITY, job.priority().word())
                .text(TENANT, job.tenant())
                .text(PATH, job.path())
                .text(CONTENT_TYPE, job.contentType())
                .time(SUBMITTED_AT, job.submittedAt())
                .time(DEADLINE, job.deadline())
                .number(MAX_ATTEMPTS, job.maxAttempts())
                .number(TOKENS, job.tokens())
                .text(CALLBACK, job.callback().map(URI::toString))
                .text(AFFINITY, job.affinity());
        fields.json().writeEndObject();
    }

    private static void tally(JobRow.Tally tally, JsonFields fields) throws IOException {
        fields.json().writeFieldName(TALLY);
        fields.json().writeStartObject();
        fields.number(FAULTS, tally.faults())
                .number(LOSSES, tally.losses())
                .number(OVERLOADS, tally.overloads());
        fields.json().writeEndObject();
    }

    private static void attempts(JobRow row, JsonFields fields) throws IOException {
        JsonGenerator json = fields.json();
        json.writeFieldName(ATTEMPTS);
        json.writeStartArray();
        for (Attempt attempt : row.attempts()) {
            json.writeStartObject();
            fields.number(NUMBER, attempt.number())
                    .text(GPU, attempt.gpu())
                    .text(EXECUTOR, attempt.executor())
                    .number(STARTED_AT, attempt.startedAt())
                    .number(ENDED_AT, attempt.endedAt())
                    .text(ENDING, attempt.ending())
                    .text(ERROR, attempt.error());
            ChoiceFields.write(attempt.choice(), fields);
            fields.number(TOKENS, attempt.tokens());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
