/**
 * The routing benchmark: one fleet, the same jobs and the same service times in virtual time, under
 * each way of choosing a GPU. Seeded; knows no clock, thread or Kafka.
 */
package io.kagu.bench.routing;
