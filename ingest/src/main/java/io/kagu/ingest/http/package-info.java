/**
 * The HTTP face of the front door: requests into submissions, answers into responses. No rule about
 * what is allowed or admitted may enter; those are in {@code core}.
 */
package io.kagu.ingest.http;
