package io.kagu.statusapi.core;

/**
 * What readers are told of a response beside its body.
 *
 * @param status the GPU's HTTP status
 * @param attempt which attempt of the job this is the response of
 */
public record ResponseHead(int status, String contentType, String gpu, int attempt) {}
