/**
 * The Kafka Streams adapter: folds events and results into queryable stores and tells those who
 * wait. Decisions stay in {@code core}; HTTP may not enter.
 */
package io.kagu.statusapi.fold;
