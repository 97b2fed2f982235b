package io.kagu.cli.core;

import io.kagu.common.job.Priority;

/**
 * One job as a line of the input asks for it.
 *
 * @param customId the line's own name for it
 * @param body what the GPU server gets, character for character
 * @param content a hash of the whole line: the same line gives the same job
 */
public record JobRequest(
        String customId,
        String model,
        Priority priority,
        JobOptions options,
        String body,
        String content) {}
