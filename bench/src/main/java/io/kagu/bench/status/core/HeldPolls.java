package io.kagu.bench.status.core;

/**
 * Long polls that waited at one time.
 *
 * @param asked connections that asked
 * @param held those that the service says it held
 * @param rssBeforeBytes resident memory of the service before
 * @param rssBytes resident memory with all of them
 * @param byId answers about jobs by id meanwhile
 */
public record HeldPolls(int asked, int held, long rssBeforeBytes, long rssBytes, LoadResult byId) {}
