package io.kagu.dispatcher.core;

import io.kagu.common.job.JobPlace;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus.WaitAccuracy;
import io.kagu.common.job.WaitEstimate;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What can be told of where a job stands, how long it still waits, and why. */
final class Outlook {

    private final FairQueue queue;
    private final PoolGpus gpus;
    private final Pauses pauses;
    private final WaitReasons reasons;
    private final WaitRecord record = new WaitRecord();
    private final Map<Priority, SlidingMinute> arrivals = new EnumMap<>(Priority.class);
    private final long since;

    Outlook(FairQueue queue, PoolGpus gpus, Pauses pauses, long since) {
        this.queue = queue;
        this.gpus = gpus;
        this.pauses = pauses;
        this.since = since;
        this.reasons = new WaitReasons(queue, gpus, pauses);
        for (Priority lane : Priority.values()) {
            arrivals.put(lane, new SlidingMinute(since));
        }
    }

    /** Takes note of a job's move, after the queue did. */
    void follow(Optional<JobRow> from, JobRow to) {
        if (from.isEmpty()) {
            came(to);
        } else if (from.get().state() instanceof JobState.Queued) {
            left(to);
        }
    }

    /** A restored job did not come now: it says nothing of how many come. */
    private void came(JobRow row) {
        long now = row.updatedAt();
        boolean fresh = row.state() instanceof JobState.Queued && !row.begun();
        if (fresh && now >= since) {
            arrivals(row.job().priority()).count(now);
            if (record.wants(now)) {
                model(row, now).ifPresent(told -> record.foretold(row.id(), told, now));
            }
        }
    }

    private void left(JobRow row) {
        if (row.state() instanceof JobState.Running) {
            record.started(row.id(), row.updatedAt());
        } else {
            record.forget(row.id());
        }
    }

    /** Where a live job stands. */
    JobPlace place(JobRow row, long now) {
        return new JobPlace(
                row.id(),
                row.pool(),
                row.state().status(),
                queue.position(row),
                queue.size(),
                model(row, now).map(record::corrected),
                reasons.of(row, now),
                Instant.ofEpochMilli(now));
    }

    /** How well waits were foretold. */
    Optional<WaitAccuracy> accuracy() {
        return record.accuracy();
    }

    /** The wait of a queued job as the model has it; empty while nothing is known, or paused. */
    private Optional<WaitEstimate> model(JobRow row, long now) {
        if (!(row.state() instanceof JobState.Queued)) {
            return Optional.empty();
        }
        Ticket ticket = queue.ticket(row);
        if (pauses.of(ticket, now).isPresent()) {
            return Optional.empty();
        }
        Collection<String> rivals = queue.rivals(row.model());
        int ahead = Math.toIntExact(queue.positionAmong(row, rivals).orElse(0));
        if (ahead == 0 && gpus.canRun(ticket, now)) {
            return Optional.of(WaitEstimate.NONE);
        }
        return WaitModel.estimate(ahead, higher(ticket.lane(), now), gpus.servers(rivals, now));
    }

    private double higher(Priority lane, long now) {
        double perSecond = 0;
        for (Priority other : Priority.values()) {
            if (other.compareTo(lane) < 0) {
                perSecond += arrivals(other).perSecond(now);
            }
        }
        return perSecond;
    }

    private SlidingMinute arrivals(Priority lane) {
        return Objects.requireNonNull(arrivals.get(lane));
    }
}
