/**
 * The domain's words: what a job is, its priority, its states and the view of it that others read.
 * Pure data; no Kafka, HTTP or clock may enter.
 */
package io.kagu.common.job;
