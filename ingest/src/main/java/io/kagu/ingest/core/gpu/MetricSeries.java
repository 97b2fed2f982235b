package io.kagu.ingest.core.gpu;

/**
 * All series of one metric in an answer, folded.
 *
 * @param count how many series
 */
record MetricSeries(int count, double sum, double max) {

    static final MetricSeries NONE = new MetricSeries(0, 0, 0);

    MetricSeries plus(double value) {
        return new MetricSeries(count + 1, sum + value, Math.max(max, value));
    }
}
