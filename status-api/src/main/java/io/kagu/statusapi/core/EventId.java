package io.kagu.statusapi.core;

import io.kagu.common.job.JobView;
import io.kagu.common.job.ViewVersion;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an event of a job's stream, {@code run.version} and {@code .end} for an end: what a
 * caller has seen.
 */
public record EventId(ViewVersion version) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\.(\\d{1,18})(\\.end)?");

    /** The id of a view. */
    public static EventId of(JobView view) {
        return new EventId(ViewVersion.of(view));
    }

    /** The id in a caller's {@code Last-Event-ID}; empty for what is none of ours. */
    public static Optional<EventId> parse(String text) {
        Matcher id = FORM.matcher(text);
        return id.matches()
                ? Optional.of(
                        new EventId(
                                new ViewVersion(
                                        Integer.parseInt(id.group(1)),
                                        id.group(3) != null,
                                        Long.parseLong(id.group(2)))))
                : Optional.empty();
    }

    /** Whether a view is news to who has seen this. */
    public boolean isBefore(EventId other) {
        return other.version.replaces(version);
    }

    /** The id as callers see it. */
    public String text() {
        return version.run() + "." + version.number() + (version.terminal() ? ".end" : "");
    }
}
