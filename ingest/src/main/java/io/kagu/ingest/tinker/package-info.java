/**
 * The routes of the front door that Tinker clients call: sessions, samples and what such clients
 * ask beside them. Thin, as the HTTP face of the front door; what a sample means is said in {@code
 * core.tinker}, what is admitted by the desk. Results are told by the status service.
 */
package io.kagu.ingest.tinker;
