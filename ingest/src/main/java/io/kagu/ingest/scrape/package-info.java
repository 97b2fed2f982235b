/**
 * Scrapes the sidecars of registered GPUs and writes what they say into {@code gpus.metrics}: one
 * replica for each GPU, one thread for each GPU. Knows Kafka, HTTP and the clock; what answers mean
 * is decided in {@code core.gpu}.
 */
package io.kagu.ingest.scrape;
