package io.kagu.statusapi.query;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.core.RequeueTarget;
import io.kagu.statusapi.query.DeadLetterCommands.Answer;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Letters in a list, whose jobs end as the test says. */
final class RememberedLetters implements RequeueClient {

    final List<LetterHead> heads = new CopyOnWriteArrayList<>();
    final List<String> requeued = new CopyOnWriteArrayList<>();
    final Set<String> gone = ConcurrentHashMap.newKeySet();
    final Map<String, JobView> views = new ConcurrentHashMap<>();
    volatile int notReady;
    volatile boolean readable = true;

    void end(String id, JobStatus state) {
        views.put(id, new JobStory(id).ofRun(2, state));
    }

    @Override
    public DeadLetters.Selection select(RequeueRequest request) {
        if (!readable) {
            throw new InvalidStateStoreException("stores are moving");
        }
        return new DeadLetters.Selection(heads, false);
    }

    @Override
    public Answer requeue(RequeueTarget target) {
        if (notReady > 0) {
            notReady--;
            return new Answer.NotReady();
        }
        if (gone.contains(target.id())) {
            return new Answer.Absent();
        }
        requeued.add(target.id());
        return new Answer.Stored(target.id(), target.run());
    }

    @Override
    public Optional<JobView> view(String jobId) {
        return Optional.ofNullable(views.get(jobId));
    }
}
