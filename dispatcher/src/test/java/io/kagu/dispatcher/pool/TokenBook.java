package io.kagu.dispatcher.pool;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobView;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/** The tokens of each GPU's calls, by what producers asked for and the owner tells. */
final class TokenBook {

    private static final long MINUTE = 60_000;

    private final LongBinaryOperator estimateAndUse;
    private final Map<String, Long> estimates = new TreeMap<>();
    private final Map<String, Map<String, Spent>> calls = new TreeMap<>();

    /**
     * @param estimateAndUse what a call counts with once its use is known
     */
    TokenBook(LongBinaryOperator estimateAndUse) {
        this.estimateAndUse = estimateAndUse;
    }

    private record Spent(long at, long tokens) {}

    void submitted(Job job) {
        estimates.put(job.id(), job.tokens().orElseThrow());
    }

    void clearCalls() {
        calls.clear();
    }

    /** Notes a call, or what is newly known of it. */
    void note(JobView job, AttemptView attempt) {
        long estimate = estimate(job);
        long tokens =
                attempt.tokens().isPresent()
                        ? estimateAndUse.applyAsLong(estimate, attempt.tokens().getAsLong())
                        : estimate;
        Spent spent = new Spent(attempt.startedAt().toEpochMilli(), tokens);
        on(attempt.gpu()).put(name(job, attempt), spent);
    }

    /** Notes what a call used, if it is in the book. */
    void settle(JobView job, AttemptView attempt) {
        if (on(attempt.gpu()).containsKey(name(job, attempt))) {
            note(job, attempt);
        }
    }

    /** Whether a job's call could begin on a GPU, by the calls of the minute before. */
    boolean fits(GpuSpec gpu, JobView job, long at) {
        long others =
                on(gpu.name()).values().stream()
                        .filter(call -> call.at() > at - MINUTE)
                        .mapToLong(Spent::tokens)
                        .sum();
        return gpu.limits().tokensPerMinute().isEmpty()
                || others == 0
                || others + estimate(job) <= gpu.limits().tokensPerMinute().getAsInt();
    }

    private long estimate(JobView job) {
        return Objects.requireNonNull(estimates.get(job.id()));
    }

    private Map<String, Spent> on(String gpu) {
        return calls.computeIfAbsent(gpu, name -> new TreeMap<>());
    }

    private static String name(JobView job, AttemptView attempt) {
        return job.id() + '#' + attempt.number();
    }
}
