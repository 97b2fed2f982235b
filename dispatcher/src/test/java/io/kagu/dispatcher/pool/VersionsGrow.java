package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;
import io.kagu.common.job.ViewVersion;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an owner tells of a job takes the place of what it told before, or is the same once more. A
 * crash may take numbers back, so that each owner begins anew; and one may say once more that a job
 * left its pool when the other pool is further.
 */
final class VersionsGrow implements Watcher {

    private final Map<String, JobView> told = new TreeMap<>();

    @Override
    public void takenOver(Iterable<JobEvent> liveJobs) {
        told.clear();
    }

    @Override
    public void told(JobEvent event) {
        JobView now = event.job();
        JobView before = told.put(now.pool() + '#' + now.id(), now);
        if (before != null) {
            boolean newer = ViewVersion.of(now).replaces(ViewVersion.of(before));
            assertThat(newer || now.equals(before))
                    .as("whether readers take %s after %s", now, before)
                    .isTrue();
        }
    }
}
