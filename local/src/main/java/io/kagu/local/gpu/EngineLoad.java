package io.kagu.local.gpu;

/**
 * What the engine is doing at one moment.
 *
 * @param running calls in service
 * @param waiting calls in the engine's queue
 * @param tokens of the calls in service, prompt and answer: they occupy the KV cache
 */
record EngineLoad(int running, int waiting, long tokens) {

    static final EngineLoad IDLE = new EngineLoad(0, 0, 0);
}
