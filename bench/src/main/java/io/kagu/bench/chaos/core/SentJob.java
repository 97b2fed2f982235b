package io.kagu.bench.chaos.core;

import io.kagu.common.job.Priority;

/** A job that a run submits. */
public record SentJob(String id, String pool, String model, Priority lane, String tenant) {}
