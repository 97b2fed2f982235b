/**
 * The rules of the fold and of what readers are told: which event replaces a view, how rows are
 * laid out, where a job stands in its queue. Pure: no Kafka, clock, thread, random, logger or HTTP
 * type may enter; time is an argument.
 */
package io.kagu.statusapi.core;
