package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What readers were told is the end of a job's run never changes, only a dead job has another run,
 * and once a completion was told no response but that attempt's is published any more.
 */
final class OneTerminalResult implements Watcher {

    private final Map<String, JobStatus> ends = new TreeMap<>();
    private final Set<String> letters = new TreeSet<>();
    private final Map<String, Integer> completedBy = new TreeMap<>();
    private final Map<String, Integer> newestResult = new TreeMap<>();

    @Override
    public void published(JobEvent event) {
        String id = event.job().id();
        JobStatus state = event.job().state();
        int run = event.job().run();
        if (run > 1) {
            JobStatus before = ends.get(id + '#' + (run - 1));
            boolean dead =
                    before == JobStatus.DEAD
                            || before == null && letters.contains(id + '#' + (run - 1));
            assertThat(dead).as("%s before run %d of %s", before, run, id).isTrue();
        }
        if (!state.terminal()) {
            return;
        }
        JobStatus told = ends.putIfAbsent(id + '#' + run, state);
        assertThat(told).as("end of %s, run %d", id, run).isIn(null, state);
        if (state == JobStatus.COMPLETED) {
            int attempt = event.job().attemptCount();
            Integer first = completedBy.putIfAbsent(id, attempt);
            assertThat(first).as("attempt that completed %s", id).isIn(null, attempt);
        }
    }

    @Override
    public void resultPublished(String jobId, int attempt) {
        newestResult.put(jobId, attempt);
        Integer told = completedBy.get(jobId);
        assertThat(told).as("attempt that completed %s", jobId).isIn(null, attempt);
    }

    /** A crash may lose what was told of a death, but for the letter. */
    @Override
    public void deadLetter(String jobId, OptionalInt run) {
        run.ifPresent(its -> letters.add(jobId + '#' + its));
    }

    @Override
    public void atEnd() {
        assertThat(newestResult).containsAllEntriesOf(completedBy);
    }
}
