package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * No job starts on a GPU while a job that the owner has taken in waits, could use that GPU, and is
 * of a higher lane, or of the same lane and tenant and came earlier. A job could use a GPU if no
 * job of its lane and model is too large for the GPU's tokens.
 */
final class StrictPriority implements Watcher {

    private final Map<String, JobView> waiting = new TreeMap<>();
    private final Supplier<Registry> registry;
    private final Predicate<JobView> paused;

    /** Counts rather too much, as an owner may know more calls than one before it. */
    private final TokenBook tokens = new TokenBook(Math::max);

    /**
     * @param paused whether a job is to wait on an operator's word
     */
    StrictPriority(Supplier<Registry> registry, Predicate<JobView> paused) {
        this.registry = registry;
        this.paused = paused;
    }

    @Override
    public void submitted(Job job) {
        tokens.submitted(job);
    }

    @Override
    public void takenOver(Iterable<JobEvent> liveJobs) {
        waiting.clear();
        liveJobs.forEach(this::told);
    }

    @Override
    public void told(JobEvent event) {
        JobView view = event.job();
        boolean waited = waiting.remove(view.id()) != null;
        if (view.state() == JobStatus.QUEUED && !Watcher.onItsWay(view)) {
            waiting.put(view.id(), view);
        } else if (view.state() == JobStatus.RUNNING && waited) {
            assertFirst(view);
        }
        view.attempts().forEach(attempt -> tokens.note(view, attempt));
    }

    private void assertFirst(JobView started) {
        GpuSpec gpu = registry.get().gpu(started.gpu().orElseThrow()).orElseThrow();
        long at = started.startedAt().orElseThrow().toEpochMilli();
        List<JobView> passedOver = new ArrayList<>();
        for (JobView other : waiting.values()) {
            if (mustGoBefore(other, started)
                    && serves(gpu, other)
                    && !paused.test(other)
                    && (sameQueue(other, started) || allFit(gpu, other, at))) {
                passedOver.add(other);
            }
        }
        assertThat(passedOver).as("jobs that wait while %s starts", started).isEmpty();
    }

    /** Whether none of a job's lane and model is too large: the first of them decides for all. */
    private boolean allFit(GpuSpec gpu, JobView job, long at) {
        return waiting.values().stream()
                .filter(other -> sameQueue(other, job))
                .allMatch(other -> tokens.fits(gpu, other, at));
    }

    private static boolean sameQueue(JobView one, JobView other) {
        return one.priority() == other.priority() && one.model().equals(other.model());
    }

    private static boolean mustGoBefore(JobView other, JobView started) {
        int lane = other.priority().compareTo(started.priority());
        return lane < 0 || lane == 0 && cameEarlier(other, started);
    }

    private static boolean cameEarlier(JobView other, JobView started) {
        return other.tenant().equals(started.tenant())
                && other.sequence().orElseThrow() < started.sequence().orElseThrow();
    }

    private static boolean serves(GpuSpec gpu, JobView job) {
        return gpu.pool().equals(job.pool()) && Registry.serves(gpu, job.model());
    }
}
