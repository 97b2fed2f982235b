package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobView;

import java.io.IOException;

/**
 * Writes a job's view exactly as the mapper would by itself, without its reflection: every
 * transition of every job is told with a whole view.
 */
final class JobViewSerializer extends StdSerializer<JobView> {

    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString POOL = new SerializedString("pool");
    private static final SerializedString MODEL = new SerializedString("model");
    private static final SerializedString PRIORITY = new SerializedString("priority");
    private static final SerializedString TENANT = new SerializedString("tenant");
    private static final SerializedString STATE = new SerializedString("state");
    private static final SerializedString VERSION = new SerializedString("version");
    private static final SerializedString RUN = new SerializedString("run");
    private static final SerializedString SEQUENCE = new SerializedString("sequence");
    private static final SerializedString SUBMITTED_AT = new SerializedString("submitted_at");
    private static final SerializedString QUEUED_AT = new SerializedString("queued_at");
    private static final SerializedString STARTED_AT = new SerializedString("started_at");
    private static final SerializedString FINISHED_AT = new SerializedString("finished_at");
    private static final SerializedString DUE_AT = new SerializedString("due_at");
    private static final SerializedString DEADLINE = new SerializedString("deadline");
    private static final SerializedString UPDATED_AT = new SerializedString("updated_at");
    private static final SerializedString ATTEMPT_COUNT = new SerializedString("attempt_count");
    private static final SerializedString ATTEMPTS = new SerializedString("attempts");
    private static final SerializedString GPU = new SerializedString("gpu");
    private static final SerializedString REASON = new SerializedString("reason");
    private static final SerializedString CODE = new SerializedString("code");
    private static final SerializedString MESSAGE = new SerializedString("message");
    private static final SerializedString CANCEL_REQUESTED =
            new SerializedString("cancel_requested");
    private static final SerializedString RESPONSE_STATUS = new SerializedString("response_status");
    private static final SerializedString NUMBER = new SerializedString("number");
    private static final SerializedString EXECUTOR = new SerializedString("executor");
    private static final SerializedString ENDED_AT = new SerializedString("ended_at");
    private static final SerializedString ENDING = new SerializedString("ending");
    private static final SerializedString ERROR = new SerializedString("error");
    private static final SerializedString TOKENS = new SerializedString("tokens");

    JobViewSerializer() {
        super(JobView.class);
    }

    @Override
    public void serialize(JobView view, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        json.writeStartObject(view);
        write(view, new JsonFields(json));
        json.writeEndObject();
    }

    /** For objects that carry a view's fields among their own. */
    @Override
    public JsonSerializer<JobView> unwrappingSerializer(NameTransformer names) {
        return new Unwrapping();
    }

    /** Writes the fields alone. */
    private static final class Unwrapping extends StdSerializer<JobView> {

        Unwrapping() {
            super(JobView.class);
        }

        @Override
        public boolean isUnwrappingSerializer() {
            return true;
        }

        @Override
        public void serialize(JobView view, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            write(view, new JsonFields(json));
        }
    }

    private static void write(JobView view, JsonFields fields) throws IOException {
        who(view, fields);
        times(view, fields);
        fields.number(ATTEMPT_COUNT, view.attemptCount());
        attempts(view, fields);
        fields.text(GPU, view.gpu());
        if (view.reason().isPresent()) {
            reason(view.reason().get(), fields);
        }
        fields.flag(CANCEL_REQUESTED, view.cancelRequested())
                .number(RESPONSE_STATUS, view.responseStatus());
    }

    private static void who(JobView view, JsonFields fields) throws IOException {
        fields.text(ID, view.id())
                .text(POOL, view.pool())
                .text(MODEL, view.model())
                .text(PRIORITY, view.priority().word())
                .text(TENANT, view.tenant())
                .text(STATE, view.state().name())
                .number(VERSION, view.version())
                .number(RUN, view.run())
                .number(SEQUENCE, view.sequence());
    }

    private static void times(JobView view, JsonFields fields) throws IOException {
        fields.time(SUBMITTED_AT, view.submittedAt())
                .time(QUEUED_AT, view.queuedAt())
                .time(STARTED_AT, view.startedAt())
                .time(FINISHED_AT, view.finishedAt())
                .time(DUE_AT, view.dueAt())
                .time(DEADLINE, view.deadline())
                .time(UPDATED_AT, view.updatedAt());
    }

    private static void attempts(JobView view, JsonFields fields) throws IOException {
        JsonGenerator json = fields.json();
        json.writeFieldName(ATTEMPTS);
        json.writeStartArray();
        for (AttemptView attempt : view.attempts()) {
            json.writeStartObject();
            fields.number(NUMBER, attempt.number())
                    .text(GPU, attempt.gpu())
                    .text(EXECUTOR, attempt.executor())
                    .time(STARTED_AT, attempt.startedAt())
                    .time(ENDED_AT, attempt.endedAt())
                    .text(ENDING, attempt.ending())
                    .text(ERROR, attempt.error());
            ChoiceFields.write(attempt.choice(), fields);
            fields.number(TOKENS, attempt.tokens());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void reason(JobView.Reason reason, JsonFields fields) throws IOException {
        fields.json().writeFieldName(REASON);
        fields.json().writeStartObject();
        fields.text(CODE, reason.code()).text(MESSAGE, reason.message());
        fields.json().writeEndObject();
    }
}
