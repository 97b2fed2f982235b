/**
 * The front door: takes submissions, decides by {@code core} whether they are admitted, and
 * acknowledges them once Kafka has them. Never reads a job's body for more than its model, and
 * never keeps or logs a caller's credentials.
 */
package io.kagu.ingest;
