package io.kagu.ingest.core;

/**
 * A job as it arrived, not yet checked.
 *
 * @param bodyField the name by which the caller knows the body, for errors
 */
public record Submission(Fields fields, Body body, String bodyField) {

    /** A submission whose whole body goes to the GPU. */
    public static Submission plain(Fields fields, Body body) {
        return new Submission(fields, body, "body");
    }
}
