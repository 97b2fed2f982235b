/**
 * Real Kafka brokers as child processes of this JVM, each with its data in one folder: one alone,
 * or several as a cluster.
 *
 * <p>What belongs here: starting, watching and stopping the child; choosing ports; formatting,
 * locking and checking the data folder; saying in plain words why a start failed. {@link
 * io.kagu.broker.EmbeddedBroker} and {@link io.kagu.broker.BrokerCluster} are the ways in; {@link
 * io.kagu.broker.BrokerProcess} is the child's main.
 *
 * <p>What may not enter: anything of Kagu's own topics, jobs or configuration keys. No code here
 * deletes data.
 */
@NullMarked
package io.kagu.broker;

import org.jspecify.annotations.NullMarked;
