package io.kagu.dispatcher.pool;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;

import io.kagu.common.codec.ChoiceFields;
import io.kagu.common.codec.JsonFieldsReader;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.dispatcher.core.Attempt;
import io.kagu.dispatcher.core.JobRow;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

/**
 * Reads a row as {@link JobRowSerializer} writes it, without the mapper's reflection; a takeover
 * reads every row of a partition.
 */
final class JobRowReader {

    private static final Set<String> ROW =
            Set.of(
                    "job",
                    "pool",
                    "model",
                    "sequence",
                    "tag",
                    "cost",
                    "run",
                    "version",
                    "body_digest",
                    "queued_at",
                    "deadline",
                    "state",
                    "attempt",
                    "tally",
                    "attempts",
                    "updated_at");
    private static final Set<String> JOB =
            Set.of(
                    "id",
                    "model",
                    "priority",
                    "tenant",
                    "path",
                    "content_type",
                    "submitted_at",
                    "deadline",
                    "max_attempts",
                    "tokens",
                    "callback",
                    "affinity");
    private static final Set<String> TALLY = Set.of("faults", "losses", "overloads");
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

    private JobRowReader() {}

    /** The row, from a parser that stands at the start of its object. */
    static JobRow read(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, ROW);
        JobRow row =
                new JobRow(
                        fields.object("job", JobRowReader::job),
                        fields.text("pool"),
                        fields.text("model"),
                        fields.number("sequence"),
                        fields.number("tag"),
                        fields.number("cost"),
                        fields.count("run"),
                        fields.number("version"),
                        fields.number("body_digest"),
                        fields.number("queued_at"),
                        fields.number("deadline"),
                        fields.object("state", JobStateReader::read),
                        fields.count("attempt"),
                        fields.object("tally", JobRowReader::tally),
                        fields.objects("attempts", JobRowReader::attempt),
                        fields.number("updated_at"));
        fields.close();
        return row;
    }

    private static Job job(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, JOB);
        Job job =
                new Job(
                        fields.text("id"),
                        fields.text("model"),
                        priority(fields.text("priority")),
                        fields.text("tenant"),
                        fields.text("path"),
                        fields.text("content_type"),
                        fields.time("submitted_at"),
                        fields.optionalTime("deadline"),
                        fields.optionalCount("max_attempts"),
                        fields.optionalNumber("tokens"),
                        fields.optionalText("callback").map(URI::create),
                        fields.optionalText("affinity"));
        fields.close();
        return job;
    }

    private static Priority priority(String word) throws JsonParseException {
        return Priority.parse(word)
                .orElseThrow(() -> new JsonParseException(null, "no priority: " + word));
    }

    private static JobRow.Tally tally(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, TALLY);
        JobRow.Tally tally =
                new JobRow.Tally(
                        fields.count("faults"), fields.count("losses"), fields.count("overloads"));
        fields.close();
        return tally;
    }

    private static Attempt attempt(JsonParser json) throws IOException {
        JsonFieldsReader fields = JsonFieldsReader.open(json, ATTEMPT);
        Attempt attempt =
                new Attempt(
                        fields.count("number"),
                        fields.text("gpu"),
                        fields.text("executor"),
                        fields.number("started_at"),
                        fields.number("ended_at"),
                        fields.text("ending"),
                        fields.text("error"),
                        ChoiceFields.read(fields),
                        fields.optionalNumber("tokens"));
        fields.close();
        return attempt;
    }
}
