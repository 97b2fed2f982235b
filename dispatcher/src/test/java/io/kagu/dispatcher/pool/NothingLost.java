package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.ViewVersion;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every acknowledged job reaches a terminal state, and readers can see it with its result; there
 * are dead letters of dead jobs and of no others, but for one that survived the crash in which the
 * death itself was lost.
 */
final class NothingLost implements Watcher {

    private final Set<String> submitted = new TreeSet<>();
    private final Map<String, JobView> views = new TreeMap<>();
    private final Set<String> results = new TreeSet<>();
    private final Map<String, Integer> deadLetters = new TreeMap<>();
    private final Set<String> deaths = new TreeSet<>();
    private final Set<String> discarded = new TreeSet<>();

    @Override
    public void submitted(Job job) {
        submitted.add(job.id());
    }

    @Override
    public void published(JobEvent event) {
        if (event.job().state() == JobStatus.DEAD) {
            deaths.add(event.job().id() + '#' + event.job().run());
        }
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
    public void deadLetter(String jobId, OptionalInt run) {
        if (run.isPresent()) {
            deadLetters.put(jobId, run.getAsInt());
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
            boolean dead = view.state() == JobStatus.DEAD;
            if (dead && !discarded.contains(id + '#' + view.run())) {
                assertThat(deadLetters).as("letter of %s", view).containsEntry(id, view.run());
            }
            Integer letter = deadLetters.get(id);
            if (letter != null && !(dead && letter == view.run())) {
                assertThat(deaths).as("letter of %s", view).doesNotContain(id + '#' + letter);
            }
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
