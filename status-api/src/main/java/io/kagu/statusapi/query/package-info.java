/**
 * Answers questions about jobs from the folded stores, waiting on conditions where an answer is
 * about to become true. Knows no HTTP.
 */
package io.kagu.statusapi.query;
