package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Pause;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** No call begins on a GPU that is drained or down, nor for a job that is paused. */
final class GatesHold implements Watcher {

    private static final Duration KNOWN = Duration.ofSeconds(15);

    private final SimulatedGpus gpus;
    private final Supplier<List<Pause>> pauses;
    private final LongSupplier now;
    private final Set<String> seen = new HashSet<>();

    GatesHold(SimulatedGpus gpus, Supplier<List<Pause>> pauses, LongSupplier now) {
        this.gpus = gpus;
        this.pauses = pauses;
        this.now = now;
    }

    @Override
    public void told(JobEvent event) {
        JobView job = event.job();
        if (job.state() != JobStatus.RUNNING) {
            return;
        }
        AttemptView attempt = job.attempts().getLast();
        boolean beginsNow = attempt.startedAt().toEpochMilli() == now.getAsLong();
        if (beginsNow && seen.add(job.id() + '#' + attempt.number())) {
            checkGpu(attempt.gpu(), job);
            checkPauses(job);
        }
    }

    private void checkGpu(String name, JobView job) {
        assertThat(gpus.registry().gpu(name).map(GpuSpec::draining))
                .as("whether GPU %s, which %s begins on, is drained", name, job.id())
                .contains(false);
        Optional<GpuMetrics> said = gpus.said(name);
        boolean down =
                said.filter(metrics -> metrics.health() == Health.DOWN)
                        .filter(metrics -> metrics.time().plus(KNOWN).isAfter(time()))
                        .isPresent();
        assertThat(down)
                .as("whether GPU %s, which %s begins on, is down", name, job.id())
                .isFalse();
    }

    private void checkPauses(JobView job) {
        assertThat(pauses.get())
                .as("pauses while %s begins", job)
                .filteredOn(pause -> pause.holds(time()))
                .noneMatch(pause ->
                        job.pool().equals("p1")
                                && pause.scope().covers(job.priority(), job.model()));
    }

    private Instant time() {
        return Instant.ofEpochMilli(now.getAsLong());
    }
}
