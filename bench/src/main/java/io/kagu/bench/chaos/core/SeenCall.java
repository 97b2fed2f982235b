package io.kagu.bench.chaos.core;

import io.kagu.local.gpu.CallEnding;

/**
 * One call as the GPU that got it saw it.
 *
 * @param began when the request arrived
 * @param ended when its slot was given back
 */
public record SeenCall(
        String job, int attempt, String gpu, long began, long ended, CallEnding ending) {}
