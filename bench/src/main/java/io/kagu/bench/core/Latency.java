package io.kagu.bench.core;

/**
 * How long jobs took at one rate, in microseconds.
 *
 * @param call from the producer's send to the request's arrival at the GPU
 * @param completed from the producer's send until a consumer of the results had the response
 */
public record Latency(Spread call, Spread completed) {

    /** Middle and tail of some durations. */
    public record Spread(long p50, long p99) {

        private static final double MIDDLE = 50;
        private static final double TAIL = 99;

        /** Of these durations. */
        public static Spread of(Samples samples) {
            return new Spread(samples.percentile(MIDDLE), samples.percentile(TAIL));
        }
    }
}
