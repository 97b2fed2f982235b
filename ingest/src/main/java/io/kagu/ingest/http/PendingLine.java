package io.kagu.ingest.http;

import io.kagu.common.codec.Json;
import io.kagu.common.http.Problem;
import io.kagu.ingest.core.Answer;
import io.kagu.ingest.core.Refusal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A line of a batch whose answer is on its way. */
record PendingLine(int number, CompletableFuture<Answer> answer) {

    private static final int ACCEPTED = 202;

    /** Waits for the answer and writes it as one line of JSON. */
    void writeTo(OutputStream out) throws IOException {
        out.write(Json.write(result(answer.join())));
        out.write('\n');
    }

    private Result result(Answer settled) {
        return switch (settled) {
            case Answer.Accepted accepted ->
                    new Result(
                            number,
                            ACCEPTED,
                            Optional.of(AcceptedJob.of(accepted)),
                            Optional.empty());
            case Answer.Refused(Refusal refusal) -> refused(Refusals.problem(refusal));
        };
    }

    private Result refused(Problem problem) {
        return new Result(number, problem.status(), Optional.empty(), Optional.of(problem));
    }

    /**
     * What became of one line.
     *
     * @param line its number in the request, from 1
     * @param status what a request of its own would have got
     */
    private record Result(
            int line, int status, Optional<AcceptedJob> job, Optional<Problem> error) {}
}
