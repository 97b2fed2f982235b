/**
 * What Tinker clients say, in the words of the queue: a sample becomes a submission. Pure
 * translation, as all of the core; knows neither HTTP nor Kafka.
 */
package io.kagu.ingest.core.tinker;
