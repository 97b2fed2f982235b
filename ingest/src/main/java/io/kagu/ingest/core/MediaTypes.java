package io.kagu.ingest.core;

import io.kagu.common.job.Job;

import java.util.Locale;

/** What the front door makes of content types. */
public final class MediaTypes {

    /** A job's fields and payload in one JSON object. */
    public static final String ENVELOPE = "application/vnd.kagu.job+json";

    private static final String JSON = "application/json";
    private static final String JSON_SUFFIX = "+json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private MediaTypes() {}

    /** Whether the body is an envelope around the payload. */
    public static boolean isEnvelope(String contentType) {
        return essence(contentType).equals(ENVELOPE);
    }

    /** Whether the body is JSON of some kind. */
    public static boolean isJson(String contentType) {
        String essence = essence(contentType);
        return essence.equals(JSON) || essence.endsWith(JSON_SUFFIX);
    }

    /**
     * The type a body most likely has. {@code curl -d} says form unless told otherwise, and no form
     * begins with a brace.
     */
    public static String meant(String contentType, Body body) {
        boolean jsonSaidToBeForm =
                essence(contentType).equals(FORM)
                        && body.firstVisible().filter(b -> b == '{').isPresent();
        return jsonSaidToBeForm ? Job.DEFAULT_CONTENT_TYPE : contentType;
    }

    private static String essence(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
