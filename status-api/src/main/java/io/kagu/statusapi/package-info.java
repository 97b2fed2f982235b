/**
 * The status service: settings, composition and life cycle. What it folds is in {@code fold}, how
 * it is asked in {@code query} and {@code web}; rules without Kafka or HTTP in {@code core}.
 */
package io.kagu.statusapi;
