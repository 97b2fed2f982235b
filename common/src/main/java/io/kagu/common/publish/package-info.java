/**
 * How producers hand jobs to the queue and get responses back, without HTTP. Used by ingest and by
 * services that talk to Kafka themselves.
 */
package io.kagu.common.publish;
