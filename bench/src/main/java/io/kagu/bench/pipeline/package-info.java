/**
 * The pipeline benchmark: the same jobs through Kagu and through a bare consumer loop. What the
 * figures mean is decided in {@code core}.
 */
package io.kagu.bench.pipeline;
