package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;

import java.util.Map;
import java.util.TreeMap;

/**
 * What readers were told is a job's end never changes, and once a completion was told no response
 * but that attempt's is published any more.
 */
final class OneTerminalResult implements Watcher {

    private final Map<String, JobStatus> ends = new TreeMap<>();
    private final Map<String, Integer> completedBy = new TreeMap<>();
    private final Map<String, Integer> newestResult = new TreeMap<>();

    @Override
    public void published(JobEvent event) {
        String id = event.job().id();
        JobStatus state = event.job().state();
        if (!state.terminal()) {
            return;
        }
        assertThat(ends.putIfAbsent(id, state)).as("end of %s", id).isIn(null, state);
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

    @Override
    public void atEnd() {
        assertThat(newestResult).containsAllEntriesOf(completedBy);
    }
}
