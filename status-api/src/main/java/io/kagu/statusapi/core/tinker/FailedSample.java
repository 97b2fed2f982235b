package io.kagu.statusapi.core.tinker;

import io.kagu.common.job.DeathClass;
import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;

import java.util.Locale;

/**
 * What a client is told of a sample that there will be none of.
 *
 * @param error for people
 * @param category {@code user} if the same request must fail again, else {@code server}
 */
public record FailedSample(String error, String category) {

    private static final String USER = "user";
    private static final String SERVER = "server";

    /** Of a job that ended without a response. */
    public static FailedSample of(JobView job) {
        String state = job.state().name().toLowerCase(Locale.ROOT);
        Reason reason = job.reason().orElseGet(() -> new Reason(state, "no reason was given"));
        return new FailedSample("%s: %s".formatted(state, reason.message()), category(job, reason));
    }

    /** Of a job whose response cannot be used. */
    public static FailedSample broken(String why) {
        return new FailedSample("The GPU server's response cannot be used: " + why, SERVER);
    }

    private static String category(JobView job, Reason reason) {
        return switch (job.state()) {
            case CANCELLED -> USER;
            case DEAD -> DeathClass.ofCode(reason.code()) == DeathClass.REJECTED ? USER : SERVER;
            case EXPIRED, QUEUED, RUNNING, RETRYING, COMPLETED -> SERVER;
        };
    }
}
