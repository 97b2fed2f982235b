/**
 * What the front door decides: which submissions are valid, which are admitted, and how long they
 * may wait. Pure: no Kafka, HTTP, clock, thread, random or logger; time and fresh ids are
 * arguments.
 */
package io.kagu.ingest.core;
