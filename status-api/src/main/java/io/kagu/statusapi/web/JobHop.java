package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.ProblemException;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobIds;
import io.kagu.statusapi.fold.Owner;
import io.kagu.statusapi.peer.PeerReply;
import io.kagu.statusapi.peer.PeerRequest;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Has a question about one job answered where the job is: here, or at the replica that has it, one
 * hop away. Where neither can say, a copy may.
 */
public record JobHop(Replicas replicas) {

    /**
     * Who can answer.
     *
     * @param here for jobs of this replica
     * @param there what the replica that has the job is asked
     * @param copy from a copy, or ends the request with a problem
     */
    public record Ways(Inquiry here, Supplier<PeerRequest> there, Handler copy) {}

    /** Begins to find the answer. */
    public CompletableFuture<Reply> ask(Context ctx, String jobId, Ways ways) throws Exception {
        Owner owner = JobIds.valid(jobId) ? replicas.owners().ofJob(jobId) : new Owner.Here();
        return switch (owner) {
            case Owner.Here() -> ways.here().ask(ctx);
            case Owner.There(var address) -> ask(ctx, address, ways);
            case Owner.Unknown() -> CompletableFuture.completedFuture(ways.copy()::handle);
        };
    }

    private CompletableFuture<Reply> ask(Context ctx, ReplicaAddress address, Ways ways) {
        if (isForwarded(ctx)) {
            throw new ProblemException(JobProblems.restoring());
        }
        return replicas.peers()
                .ask(address, ways.there().get())
                .thenApply(told -> reply(told, ways.copy()));
    }

    private static Reply reply(PeerReply told, Handler copy) {
        return told instanceof PeerReply.Answered answer && !answer.unavailable()
                ? ctx -> ForwardedHeaders.answer(ctx, answer.response())
                : copy::handle;
    }

    /** Whether another replica asks: it is answered from here or not at all. */
    public static boolean isForwarded(Context ctx) {
        return ctx.header(PeerRequest.FORWARDED) != null;
    }
}
