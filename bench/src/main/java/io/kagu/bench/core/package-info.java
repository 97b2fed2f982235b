/**
 * What the measured values say: medians, percentiles, ratios, targets. Knows no clock, process or
 * Kafka.
 */
package io.kagu.bench.core;
