package io.kagu.bench.status.core;

/** One measured load: somebody was asked one kind of question for some seconds. */
public record Turn(Question question, Answerer answerer, int repeat, LoadResult result) {}
