/**
 * Thin adapters between Kafka Streams and the core: decode, decide, apply, persist, forward. No
 * policy may enter; an {@code if} about which job or GPU belongs into the core.
 */
package io.kagu.dispatcher.pool;
