/**
 * The benchmarks of the whole way of a job, on a real broker: the same jobs through Kagu and
 * through a bare consumer loop, and how busy Kagu keeps its GPUs. What the figures mean is decided
 * in {@code core}.
 */
package io.kagu.bench.pipeline;
