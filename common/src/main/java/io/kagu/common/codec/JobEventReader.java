package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;

import java.io.IOException;
import java.util.Set;

/**
 * Reads a lifecycle event as Kagu writes it, without the mapper's reflection: a takeover reads the
 * tail of the topic, and the simulation every event there is. What looks otherwise is left to the
 * mapper, which takes fields in any order and says what is wrong with the rest.
 */
public final class JobEventReader {

    private static final Set<String> EVENT = Set.of("schema", "type", "time", "job");
    private static final Set<String> VIEW =
            Set.of(
                    "id",
                    "pool",
                    "model",
                    "priority",
                    "tenant",
                    "state",
                    "version",
                    "run",
                    "sequence",
                    "submitted_at",
                    "queued_at",
                    "started_at",
                    "finished_at",
                    "due_at",
                    "deadline",
                    "updated_at",
                    "attempt_count",
                    "attempts",
                    "gpu",
                    "reason",
                    "cancel_requested",
                    "response_status");
    private static final Set<String> ATTEMPT =
            Set.of(
                    "number",
                    "gpu",
                    "executor",
                    "started_at",
                    "ended_at",
                    "ending",
                    "error",
                    "choice",
                    "tokens");
    private static final Set<String> REASON = Set.of("code", "message");

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
        } catch (IOException e) {
            return Json.read(bytes, JobEvent.class);
        }
    }

    private static JobEvent event(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, EVENT);
        JobEvent event =
                new JobEvent(
                        fields.count("schema"),
                        constant(JobEvent.Type.class, fields.text("type")),
                        fields.time("time"),
                        fields.object("job", JobEventReader::view));
        fields.close();
        return event;
    }

    private static JobView view(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, VIEW);
        JobView view =
                new JobView(
                        fields.text("id"),
                        fields.text("pool"),
                        fields.text("model"),
                        priority(fields.text("priority")),
                        fields.text("tenant"),
                        constant(JobStatus.class, fields.text("state")),
                        fields.number("version"),
                        fields.count("run"),
                        fields.optionalNumber("sequence"),
                        fields.time("submitted_at"),
                        fields.optionalTime("queued_at"),
                        fields.optionalTime("started_at"),
                        fields.optionalTime("finished_at"),
                        fields.optionalTime("due_at"),
                        fields.optionalTime("deadline"),
                        fields.time("updated_at"),
                        fields.count("attempt_count"),
                        fields.objects("attempts", JobEventReader::attempt),
                        fields.optionalText("gpu"),
                        fields.optionalObject("reason", JobEventReader::reason),
                        fields.flag("cancel_requested"),
                        fields.optionalCount("response_status"));
        fields.close();
        return view;
    }

    private static AttemptView attempt(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, ATTEMPT);
        AttemptView attempt =
                new AttemptView(
                        fields.count("number"),
                        fields.text("gpu"),
                        fields.text("executor"),
                        fields.time("started_at"),
                        fields.optionalTime("ended_at"),
                        fields.optionalText("ending"),
                        fields.optionalText("error"),
                        ChoiceFields.read(fields),
                        fields.optionalNumber("tokens"));
        fields.close();
        return attempt;
    }

    private static JobView.Reason reason(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, REASON);
        JobView.Reason reason = new JobView.Reason(fields.text("code"), fields.text("message"));
        fields.close();
        return reason;
    }

    private static Priority priority(String word) throws JsonParseException {
        return Priority.parse(word).orElseThrow(() -> unknown(word));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name)
            throws JsonParseException {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw unknown(name);
    }

    private static JsonParseException unknown(String word) {
        return new JsonParseException(null, "unknown word: " + word);
    }
}
