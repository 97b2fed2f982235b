package io.kagu.ingest.core.tinker;

import java.util.OptionalLong;

/**
 * How tokens are drawn.
 *
 * @param maxTokens generated at most
 * @param temperature 0 draws the likeliest token
 * @param topK candidates; -1 for all
 * @param topP share of the probability that candidates make up
 * @param seed the same seed draws the same tokens, as far as the GPU server can
 */
record SamplingParams(
        int maxTokens, double temperature, int topK, double topP, OptionalLong seed, Stop stop) {}
