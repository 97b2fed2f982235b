package io.kagu.common.publish;

/**
 * A GPU's response to a job that completed.
 *
 * @param status the GPU's HTTP status
 * @param contentType media type of the body
 * @param gpu which GPU answered
 * @param attempt which attempt it answered
 */
public record JobResponse(
        String jobId, int status, String contentType, Body body, String gpu, int attempt) {}
