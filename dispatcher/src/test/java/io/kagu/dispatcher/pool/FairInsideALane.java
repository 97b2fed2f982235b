package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.dispatcher.core.TenantWeights;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * While jobs of two tenants wait for one model in one lane, what begins for each, in tokens by
 * weight, differs by no more than the largest job of each: the bound of start-time fair queueing. A
 * job counts once in each pool, when it first begins there. Only tenants that use no other model of
 * the lane are compared, and none with a gap in its backlog, such as a cancelled job, until that
 * was empty once.
 */
final class FairInsideALane implements Watcher {

    /** Tags are rounded up to a ten-thousandth of a token. */
    private static final double ROUNDING = 1;

    private final TenantWeights weights;
    private final Map<String, Long> tokens = new TreeMap<>();
    private final Map<String, Map<String, Backlog>> queues = new TreeMap<>();
    private final Map<String, Set<String>> models = new TreeMap<>();

    /** Of each job the pool that told of it last: what began in another has no fresh tag here. */
    private final Map<String, String> pools = new TreeMap<>();

    /** Also of jobs before a takeover: their tags still hold their tenant's next job back. */
    private final Map<String, Double> largest = new TreeMap<>();

    private final Map<String, Lead> leads = new TreeMap<>();
    private int compared;

    FairInsideALane(TenantWeights weights) {
        this.weights = weights;
    }

    /** The jobs of a tenant that wait for their first call in one lane and for one model. */
    private static final class Backlog {
        private final Set<String> waiting = new TreeSet<>();
        private double served;
        private boolean gap;

        void leave(String id) {
            waiting.remove(id);
            gap = gap && !waiting.isEmpty();
        }
    }

    /** How far one tenant was ahead of another since both wait. */
    private record Lead(double lowest, double highest) {

        Lead with(double now) {
            return new Lead(Math.min(lowest, now), Math.max(highest, now));
        }
    }

    @Override
    public void submitted(Job job) {
        tokens.put(job.id(), job.tokens().orElseThrow());
    }

    @Override
    public void takenOver(Iterable<JobEvent> liveJobs) {
        queues.clear();
        leads.clear();
        pools.clear();
        liveJobs.forEach(event -> pools.put(event.job().id(), event.job().pool()));
        liveJobs.forEach(event -> note(event.job()));
        queues.values().forEach(queue -> queue.values().forEach(b -> b.gap = !b.waiting.isEmpty()));
    }

    @Override
    public void told(JobEvent event) {
        note(event.job());
        compare(queue(event.job()));
    }

    private void note(JobView job) {
        Backlog backlog =
                queues.computeIfAbsent(queue(job), queue -> new TreeMap<>())
                        .computeIfAbsent(job.tenant(), tenant -> new Backlog());
        boolean waits = job.state() == JobStatus.QUEUED && !Watcher.onItsWay(job);
        boolean stranger = !job.pool().equals(pools.put(job.id(), job.pool()));
        if (waits && (job.attemptCount() == 0 || stranger)) {
            arrive(job, backlog);
            backlog.gap |= job.attemptCount() > 0;
        } else if (backlog.waiting.contains(job.id())) {
            if (job.state() == JobStatus.RUNNING) {
                backlog.served += cost(job);
                compare(queue(job));
            } else {
                backlog.gap = true;
            }
            backlog.leave(job.id());
        }
    }

    private void arrive(JobView job, Backlog backlog) {
        backlog.waiting.add(job.id());
        largest.merge(user(queue(job), job.tenant()), cost(job), Math::max);
        models.computeIfAbsent(user(queue(job), job.tenant()), user -> new TreeSet<>())
                .add(job.model());
    }

    private double cost(JobView job) {
        long tokensOfJob = tokens.getOrDefault(job.id(), 0L);
        return (double) tokensOfJob / weights.of(job.tenant());
    }

    private void compare(String queue) {
        Map<String, Backlog> backlogs = queues.getOrDefault(queue, Map.of());
        for (String one : backlogs.keySet()) {
            for (String other : backlogs.keySet()) {
                if (one.compareTo(other) < 0) {
                    compare(queue, one, other);
                }
            }
        }
    }

    private void compare(String queue, String one, String other) {
        String pair = queue + ": " + one + " and " + other;
        if (!comparable(queue, one) || !comparable(queue, other)) {
            leads.remove(pair);
            return;
        }
        Backlog a = backlog(queue, one);
        Backlog b = backlog(queue, other);
        double now = a.served - b.served;
        Lead lead = leads.getOrDefault(pair, new Lead(now, now)).with(now);
        assertThat(lead.highest() - lead.lowest())
                .as("tokens by weight in %s", pair)
                .isLessThanOrEqualTo(largest(queue, one) + largest(queue, other) + ROUNDING);
        leads.put(pair, lead);
        compared++;
    }

    private double largest(String queue, String tenant) {
        return largest.getOrDefault(user(queue, tenant), 0.0);
    }

    private boolean comparable(String queue, String tenant) {
        Backlog backlog = backlog(queue, tenant);
        Set<String> used = models.getOrDefault(user(queue, tenant), Set.of());
        return !backlog.waiting.isEmpty() && !backlog.gap && used.size() == 1;
    }

    private Backlog backlog(String queue, String tenant) {
        return queues.get(queue).get(tenant);
    }

    private static String queue(JobView job) {
        return job.pool() + ' ' + job.priority().word() + ' ' + job.model();
    }

    /** A tenant in a lane, whatever the model. */
    private static String user(String queue, String tenant) {
        return queue.substring(0, queue.lastIndexOf(' ')) + ' ' + tenant;
    }

    /** How often two tenants were compared. */
    int compared() {
        return compared;
    }
}
