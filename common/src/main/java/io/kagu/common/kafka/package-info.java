/**
 * How Kagu's services talk to Kafka: one place for client settings, and small readers of topics.
 * Topic names and record contents stay outside.
 */
package io.kagu.common.kafka;
