/**
 * A submission's way from the door into Kafka: looked up, admitted, stored, counted. Knows Kafka
 * and the clock; knows no HTTP.
 */
package io.kagu.ingest.desk;
