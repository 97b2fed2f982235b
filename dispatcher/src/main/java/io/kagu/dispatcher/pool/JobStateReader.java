package io.kagu.dispatcher.pool;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;

import io.kagu.common.codec.JsonFieldsReader;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.Lease;

import java.io.IOException;
import java.util.Set;

/** Reads the state in a row by the name it has in the store. */
final class JobStateReader {

    private static final Set<String> STATE =
            Set.of(
                    "is",
                    "since",
                    "lease",
                    "cancel_requested",
                    "due_at",
                    "to_pool",
                    "response_status",
                    "reason",
                    "at",
                    "discarded");
    private static final Set<String> LEASE =
            Set.of(
                    "job_id",
                    "attempt",
                    "gpu",
                    "executor",
                    "started_at",
                    "deadline",
                    "start_before");
    private static final Set<String> REASON = Set.of("code", "message");

    private JobStateReader() {}

    static JobState read(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, STATE);
        String is = fields.text("is");
        JobState state =
                switch (is) {
                    case "queued" -> new JobState.Queued(fields.number("since"));
                    case "running" ->
                            new JobState.Running(lease(fields), fields.flag("cancel_requested"));
                    case "retrying" ->
                            new JobState.Retrying(fields.number("due_at"), reason(fields));
                    case "forwarded" ->
                            new JobState.Forwarded(fields.text("to_pool"), fields.number("at"));
                    default -> ended(is, fields);
                };
        fields.close();
        return state;
    }

    private static JobState ended(String is, JsonFieldsReader fields) throws IOException {
        return switch (is) {
            case "completed" ->
                    new JobState.Completed(fields.count("response_status"), fields.number("at"));
            case "dead" ->
                    new JobState.Dead(
                            reason(fields), fields.number("at"), fields.flag("discarded"));
            case "cancelled" -> new JobState.Cancelled(fields.number("at"));
            case "expired" -> new JobState.Expired(fields.number("at"));
            default -> throw new JsonParseException(null, "no state: " + is);
        };
    }

    private static Lease lease(JsonFieldsReader fields) throws IOException {
        return fields.object("lease", JobStateReader::lease);
    }

    private static Lease lease(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, LEASE);
        Lease lease =
                new Lease(
                        fields.text("job_id"),
                        fields.count("attempt"),
                        fields.text("gpu"),
                        fields.text("executor"),
                        fields.number("started_at"),
                        fields.number("deadline"),
                        fields.number("start_before"));
        fields.close();
        return lease;
    }

    private static JobState.Reason reason(JsonFieldsReader fields) throws IOException {
        return fields.object("reason", JobStateReader::reason);
    }

    private static JobState.Reason reason(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, REASON);
        JobState.Reason reason = new JobState.Reason(fields.text("code"), fields.text("message"));
        fields.close();
        return reason;
    }
}
