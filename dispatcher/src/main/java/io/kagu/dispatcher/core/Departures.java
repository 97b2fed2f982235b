package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.JobState.Forwarded;
import io.kagu.dispatcher.core.JobState.Queued;
import io.kagu.dispatcher.core.JobState.Reason;
import io.kagu.dispatcher.core.PoolEvent.Moved;
import io.kagu.dispatcher.core.PoolEvent.Repeated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of jobs that wait for a model that no GPU of the pool serves: they go to the pool
 * that the model belongs to; where there is none they die after a while.
 *
 * <p>Who leaves first becomes a marker; the record that takes the job along goes out only when the
 * marker is surely stored. So no crash leaves a job to two owners.
 */
final class Departures {

    /** Ten times the commit interval: a row of this age survives every crash. Milliseconds. */
    static final long STORED_AFTER = 2_000;

    /**
     * How long a job stays at least. Its pool may learn later than the one it came from that the
     * model is its own now, and is not to send it back. Milliseconds.
     */
    static final long LEAST_STAY = 1_000;

    private final String pool;
    private final int batch;
    private final FairQueue waiting;
    private final UnservedModels unserved;
    private final Map<String, Long> leaving = new LinkedHashMap<>();
    private Map<String, String> homes = Map.of();

    /**
     * @param batch jobs that leave, are sent or die at once
     */
    Departures(String pool, int batch, FairQueue waiting, UnservedModels unserved) {
        this.pool = pool;
        this.batch = batch;
        this.waiting = waiting;
        this.unserved = unserved;
    }

    /** These are the pools of all models and aliases now. */
    void use(Map<String, String> poolsByName) {
        homes = poolsByName;
    }

    /** Takes note of a job's move: one that left, or one that no longer does. */
    void follow(JobRow to) {
        if (to.state() instanceof Forwarded gone) {
            leaving.put(to.id(), gone.at());
        } else {
            leaving.remove(to.id());
        }
    }

    /** The job's record went out. */
    void sent(String jobId) {
        leaving.remove(jobId);
    }

    /** Without what jobs say that are still to be sent: they say so when they are, not before. */
    List<PoolEvent> hold(List<PoolEvent> events) {
        return leaving.isEmpty()
                ? events
                : events.stream()
                        .filter(event ->
                                !(event instanceof Repeated(var row, _) && waits(row.id())))
                        .toList();
    }

    /** Whether a job left whose record is still to go out for the first time. */
    boolean waits(String jobId) {
        return leaving.containsKey(jobId);
    }

    /** Jobs whose record is still to go out. */
    int size() {
        return leaving.size();
    }

    /** Who is sent, who leaves and who dies now. */
    List<PoolEvent> decide(long now, Rows rows) {
        List<PoolEvent> events = new ArrayList<>();
        leaving.entrySet().stream()
                .takeWhile(gone -> now - gone.getValue() >= STORED_AFTER)
                .limit(batch)
                .forEach(gone -> events.add(new Repeated(rows.live(gone.getKey()), 0)));
        leave(now, rows, events);
        die(now, rows, events);
        return events;
    }

    private void leave(long now, Rows rows, List<PoolEvent> events) {
        int most = batch;
        for (String model : unserved.unservedFor(LEAST_STAY, now)) {
            Optional<String> home = home(model);
            for (Ticket ticket : waiting.ofModel(model, home.isPresent() ? most : 0)) {
                JobRow row = rows.live(ticket.jobId());
                if (now - row.updatedAt() >= LEAST_STAY && now < row.deadline()) {
                    Forwarded gone = ((Queued) row.state()).forward(home.orElseThrow(), now);
                    events.add(Moved.of(row, row.to(gone, now)));
                    most--;
                }
            }
        }
    }

    private void die(long now, Rows rows, List<PoolEvent> events) {
        for (String model : unserved.overdue(now)) {
            for (Ticket ticket : waiting.ofModel(model, home(model).isPresent() ? 0 : batch)) {
                JobRow row = rows.live(ticket.jobId());
                boolean waitedEnough = now - row.updatedAt() >= unserved.patience();
                if (waitedEnough && now < row.deadline()) {
                    events.add(dies(row, now));
                }
            }
        }
    }

    /** The other pool that a model belongs to; empty if it is this one's, or nobody's. */
    private Optional<String> home(String model) {
        return Optional.ofNullable(homes.get(model)).filter(home -> !home.equals(pool));
    }

    private static PoolEvent dies(JobRow row, long now) {
        String message = "no GPU of pool %s serves model %s".formatted(row.pool(), row.model());
        JobState dead = ((Queued) row.state()).die(new Reason("unknown_model", message), now);
        return Moved.of(row, row.to(dead, now));
    }
}
