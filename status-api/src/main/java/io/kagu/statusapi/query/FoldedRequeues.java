package io.kagu.statusapi.query;

import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.core.RequeueTarget;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.query.DeadLetters.Selection;

import java.util.Optional;

/** Lets requeue runs see what this instance has folded. */
public record FoldedRequeues(DeadLetters letters, DeadLetterCommands commands, JobReader jobs)
        implements RequeueClient {

    @Override
    public Selection select(RequeueRequest request) {
        return letters.select(request);
    }

    @Override
    public DeadLetterCommands.Answer requeue(RequeueTarget target) {
        return commands.requeue(target);
    }

    @Override
    public Optional<JobView> view(String jobId) {
        return jobs.view(jobId).map(ViewRow::view);
    }
}
