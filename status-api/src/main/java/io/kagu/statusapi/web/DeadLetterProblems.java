package io.kagu.statusapi.web;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.statusapi.core.FieldException;

/** The errors that requests about dead letters are answered with. */
public final class DeadLetterProblems {

    private DeadLetterProblems() {}

    static ProblemException notFound(String id) {
        return new ProblemException(
                Problem.of(
                                404,
                                "dead_letter_not_found",
                                "Dead letter not found",
                                "There is none of this id: none came, or it was requeued or"
                                        + " discarded, or is too old")
                        .with("job_id", id));
    }

    /** A record that could not be read never was a job. */
    public static ProblemException noJob(DeadLetter letter) {
        return new ProblemException(
                Problem.of(
                                409,
                                "not_a_job",
                                "Not a job",
                                "The record could not be read (%s): publish it anew, and discard this one"
                                        .formatted(letter.reason().message()))
                        .with("job_id", letter.id()));
    }

    static ProblemException busy(Object running) {
        return new ProblemException(
                Problem.of(
                                409,
                                "requeue_running",
                                "A requeue is running",
                                "Wait for its end or stop it: DELETE /v1/dlq:requeue")
                        .with("running", running));
    }

    static ProblemException noRun() {
        return new ProblemException(
                Problem.of(
                        404,
                        "no_requeue",
                        "No requeue",
                        "None was started since this service started"));
    }

    static ProblemException field(FieldException fault) {
        return new ProblemException(
                Problem.field(422, "invalid_field", fault.field(), fault.allowed()));
    }

    static ProblemException restoring() {
        return new ProblemException(JobProblems.restoring());
    }
}
