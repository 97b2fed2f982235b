package io.kagu.common.publish;

/** A job completed, but this publisher saw no response of it, as when it completed long ago. */
public final class ResponseMissedException extends RuntimeException {

    ResponseMissedException(String jobId) {
        super(
                ("job %s completed, but its response did not pass here: "
                                + "ask the status-api, GET /v1/jobs/%s/result")
                        .formatted(jobId, jobId));
    }
}
