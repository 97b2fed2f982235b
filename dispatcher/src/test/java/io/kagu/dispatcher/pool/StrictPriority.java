package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.Registry;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * No job starts on a GPU while a job that the owner has taken in waits, could use that GPU, and is
 * of a higher lane, or of the same lane and tenant and came earlier.
 */
final class StrictPriority implements Watcher {

    private final Map<String, JobView> waiting = new TreeMap<>();
    private final Supplier<Registry> registry;

    StrictPriority(Supplier<Registry> registry) {
        this.registry = registry;
    }

    @Override
    public void takenOver(Iterable<JobEvent> liveJobs) {
        waiting.clear();
        liveJobs.forEach(this::told);
    }

    @Override
    public void told(JobEvent event) {
        JobView view = event.job();
        if (view.state() == JobStatus.QUEUED) {
            waiting.put(view.id(), view);
            return;
        }
        boolean startsNow = view.state() == JobStatus.RUNNING && waiting.containsKey(view.id());
        waiting.remove(view.id());
        if (startsNow) {
            assertFirst(view);
        }
    }

    private void assertFirst(JobView started) {
        String gpu = started.gpu().orElseThrow();
        assertThat(waiting.values())
                .as("jobs that wait while %s starts", started)
                .filteredOn(other -> couldUse(gpu, other))
                .noneMatch(other -> mustGoBefore(other, started));
    }

    private static boolean mustGoBefore(JobView other, JobView started) {
        int lane = other.priority().compareTo(started.priority());
        return lane < 0 || lane == 0 && cameEarlier(other, started);
    }

    private static boolean cameEarlier(JobView other, JobView started) {
        return other.tenant().equals(started.tenant())
                && other.sequence().orElseThrow() < started.sequence().orElseThrow();
    }

    private boolean couldUse(String gpu, JobView job) {
        return registry.get()
                .gpu(gpu)
                .filter(g -> g.pool().equals(job.pool()) && Registry.serves(g, job.model()))
                .isPresent();
    }
}
