package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.ViewVersion;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every acknowledged job reaches a terminal state, and readers can see it with its result; there
 * are dead letters of dead jobs and of no others.
 */
final class NothingLost implements Watcher {

    private final Set<String> submitted = new TreeSet<>();
    private final Map<String, JobView> views = new TreeMap<>();
    private final Set<String> results = new TreeSet<>();
    private final Set<String> deadLetters = new TreeSet<>();
    private final Set<String> discarded = new TreeSet<>();

    @Override
    public void submitted(Job job) {
        submitted.add(job.id());
    }

    @Override
    public void published(JobEvent event) {
        views.merge(
                event.job().id(),
                event.job(),
                (a, b) -> ViewVersion.of(b).replaces(ViewVersion.of(a)) ? b : a);
    }

    @Override
    public void resultPublished(String jobId, int attempt) {
        results.add(jobId);
    }

    @Override
    public void deadLetter(String jobId, boolean isThere) {
        if (isThere) {
            deadLetters.add(jobId);
        } else {
            deadLetters.remove(jobId);
        }
    }

    @Override
    public void discarded(String jobId, int run) {
        discarded.add(jobId + '#' + run);
    }

    @Override
    public void atEnd() {
        for (String id : submitted) {
            JobView view = views.get(id);
            assertThat(view).as("view of %s", id).isNotNull();
            assertThat(view.state().terminal()).as("%s is %s", id, view).isTrue();
            if (view.state() == JobStatus.COMPLETED) {
                assertThat(results).as("results").contains(id);
            }
            boolean hasLetter =
                    view.state() == JobStatus.DEAD && !discarded.contains(id + '#' + view.run());
            assertThat(deadLetters.contains(id)).as("dead letter of %s", view).isEqualTo(hasLetter);
        }
    }

    /** How many jobs had another run. */
    long requeued() {
        return views.values().stream().filter(view -> view.run() > 1).count();
    }

    /** How many jobs ended in a state. */
    long ended(JobStatus state) {
        return views.values().stream().filter(view -> view.state() == state).count();
    }
}
