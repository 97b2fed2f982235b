package io.kagu.broker;

/**
 * How a broker that had served came to its end.
 *
 * @param code exit code of the child
 * @param requested true if {@link EmbeddedBroker#close()} asked for it
 * @param lastErrors the last errors in the broker's log, empty if none
 */
public record BrokerExit(int code, boolean requested, String lastErrors) {}
