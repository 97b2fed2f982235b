package io.kagu.bench.status.core;

import java.util.Locale;

/** What a status-api is asked. */
public enum Question {
    BY_ID("a job by id", 200),
    POSITION("a waiting job's position", 200),
    PAGE("a page of 50 jobs", 200),
    FILTERED_PAGE("a page of 50, filtered", 200),
    POLL("a response not there yet", 408);

    private final String title;
    private final int status;

    Question(String title, int status) {
        this.title = title;
        this.status = status;
    }

    /** What a table calls it. */
    public String title() {
        return title;
    }

    /** The HTTP status of its answers. */
    public int status() {
        return status;
    }

    /** What a file calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
