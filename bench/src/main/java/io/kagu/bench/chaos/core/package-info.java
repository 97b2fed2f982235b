/**
 * Which faults come when, what was seen of a run, and whether the guarantees held. Knows no clock,
 * process or Kafka; times are microseconds of the machine's wall clock unless said otherwise.
 */
package io.kagu.bench.chaos.core;
