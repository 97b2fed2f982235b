package io.kagu.statusapi.core;

/**
 * A dead letter that is to be queued again.
 *
 * @param run the life that ended; a letter of another run is another letter
 */
public record RequeueTarget(String id, int run) {}
