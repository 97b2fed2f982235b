/**
 * The pool's decisions: waiting order, slots, leases, outcomes, the job's life. Pure: no Kafka,
 * clock, thread, random, logger, HTTP or hash-ordered collection may enter; time is an argument, in
 * epoch milliseconds; ties are broken by sequence, then by name.
 */
package io.kagu.dispatcher.core;
