/**
 * The core benchmark: what one decision of the dispatcher's core costs, by JMH. No Kafka, store or
 * HTTP.
 */
package io.kagu.bench.decision;
