/**
 * A real single-node Kafka broker as a child process of this JVM, its data in one folder.
 *
 * <p>What belongs here: starting, watching and stopping the child; choosing ports; formatting,
 * locking and checking the data folder; saying in plain words why a start failed. {@link
 * io.kagu.broker.EmbeddedBroker} is the way in; {@link io.kagu.broker.BrokerProcess} is the child's
 * main.
 *
 * <p>What may not enter: anything of Kagu's own topics, jobs or configuration keys. No code here
 * deletes data.
 */
@NullMarked
package io.kagu.broker;

import org.jspecify.annotations.NullMarked;
