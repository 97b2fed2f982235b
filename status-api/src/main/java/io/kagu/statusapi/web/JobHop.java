package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobIds;
import io.kagu.statusapi.core.ReplicaAddress;
import io.kagu.statusapi.fold.Owner;
import io.kagu.statusapi.peer.PeerReply;
import io.kagu.statusapi.peer.PeerRequest;

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
    public record Ways(Handler here, Supplier<PeerRequest> there, Handler copy) {}

    /** Answers. */
    public void answer(Context ctx, String jobId, Ways ways) throws Exception {
        Owner owner = JobIds.valid(jobId) ? replicas.owners().ofJob(jobId) : new Owner.Here();
        switch (owner) {
            case Owner.Here() -> ways.here().handle(ctx);
            case Owner.There(var address) -> ask(ctx, address, ways);
            case Owner.Unknown() -> ways.copy().handle(ctx);
        }
    }

    private void ask(Context ctx, ReplicaAddress address, Ways ways) throws Exception {
        if (isForwarded(ctx)) {
            throw new ProblemException(JobProblems.restoring());
        }
        PeerRequest question = ways.there().get();
        if (replicas.peers().ask(address, question).join() instanceof PeerReply.Answered reply
                && !reply.unavailable()) {
            ForwardedHeaders.answer(ctx, reply.response());
        } else {
            ways.copy().handle(ctx);
        }
    }

    /** Whether another replica asks: it is answered from here or not at all. */
    public static boolean isForwarded(Context ctx) {
        return ctx.header(PeerRequest.FORWARDED) != null;
    }
}
