package io.kagu.common.publish;

import java.util.concurrent.CompletableFuture;

/**
 * One job on its way, with what will become of it.
 *
 * @param acknowledgement completes once the job is stored; fails if that could not be made sure of,
 *     and then the same request with the same id may be submitted again
 * @param response completes with the GPU's response; fails with {@link JobEndedException} if the
 *     job ended without one, with {@link ResponseMissedException} if there is one that this
 *     publisher did not see, and with {@link PublishException} if it stopped looking. To cancel it
 *     gives up waiting; the job itself goes on
 */
public record Submission(
        String jobId,
        CompletableFuture<Acknowledgement> acknowledgement,
        CompletableFuture<JobResponse> response) {}
