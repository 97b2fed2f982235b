package io.kagu.common.codec;

import com.fasterxml.jackson.core.JsonParser;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a job's view as {@link JobViewSerializer} writes it, without the mapper's reflection: lists
 * read one for each of their jobs.
 */
public final class JobViewReader {

    private static final Set<String> EVENT = Set.of("job");
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

    private JobViewReader() {}

    /**
     * The view in an event's JSON; empty if it is not as we write it, which says nothing of whether
     * the mapper can read it.
     */
    public static Optional<JobView> ofEvent(byte[] json, int offset) {
        try (JsonParser parser =
                Json.MAPPER.getFactory().createParser(json, offset, json.length - offset)) {
            parser.nextToken();
            JsonFieldsReader event = JsonFieldsReader.open(parser, EVENT);
            JobView view = event.object("job", JobViewReader::view);
            event.close();
            return parser.nextToken() == null ? Optional.of(view) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The view, from a parser that stands at the start of its object.
     *
     * @throws IllegalArgumentException for a state or priority that is unknown
     */
    static JobView view(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, VIEW);
        JobView view =
                new JobView(
                        fields.text("id"),
                        fields.text("pool"),
                        fields.text("model"),
                        priority(fields.text("priority")),
                        fields.text("tenant"),
                        JobStatus.valueOf(fields.text("state")),
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
                        fields.objects("attempts", JobViewReader::attempt),
                        fields.optionalText("gpu"),
                        fields.optionalObject("reason", JobViewReader::reason),
                        fields.flag("cancel_requested"),
                        fields.optionalCount("response_status"));
        fields.close();
        return view;
    }

    private static Priority priority(String word) {
        return Priority.parse(word)
                .orElseThrow(() -> new IllegalArgumentException("no priority: " + word));
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
}
