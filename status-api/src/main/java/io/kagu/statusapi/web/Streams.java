package io.kagu.statusapi.web;

import io.kagu.statusapi.query.JobTail;
import io.kagu.statusapi.stream.EventStreams;

import java.util.concurrent.Executor;

/**
 * What event streams need.
 *
 * @param open all that are open
 * @param tail changes of all jobs
 * @param executor runs what is told, on no thread of the fold
 */
public record Streams(EventStreams open, JobTail tail, Executor executor) {}
