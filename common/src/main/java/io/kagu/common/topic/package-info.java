/**
 * The topic contract: which topics there are, how they are set up, and who checks that at start.
 * Knows Kafka's admin client; knows nothing of what is inside the records.
 */
package io.kagu.common.topic;
