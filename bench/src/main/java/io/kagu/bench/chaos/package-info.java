/**
 * Kagu as real processes under faults: brokers, replicas, GPUs, load, the faults themselves and
 * those who watch. What was seen is judged in {@code core}; no judging here, but for what only a
 * service can be asked.
 */
package io.kagu.bench.chaos;
