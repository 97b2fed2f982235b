package io.kagu.bench.core;

/**
 * One call as the GPU that served it saw it, in microseconds of the wall clock.
 *
 * @param job id of the job that was called
 * @param gpu the GPU's number in its fleet, from 0
 * @param began when the request arrived
 * @param ended just before the answer left
 * @param completed whether that answer was a whole response
 */
public record GpuCall(String job, int gpu, long began, long ended, boolean completed) {

    /** How much of the call lies between two moments. */
    long within(long from, long to) {
        return Math.max(0, Math.min(ended, to) - Math.max(began, from));
    }
}
