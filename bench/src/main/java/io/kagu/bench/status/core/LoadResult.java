package io.kagu.bench.status.core;

/**
 * What a load found.
 *
 * @param perSecond answers
 * @param p50Micros from request to answer
 * @param p99Micros from request to answer
 */
public record LoadResult(double perSecond, long p50Micros, long p99Micros) {}
