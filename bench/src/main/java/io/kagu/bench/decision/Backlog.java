package io.kagu.bench.decision;

import io.kagu.bench.pool.BenchGpu;
import io.kagu.bench.pool.PoolDriver;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Job;
import io.kagu.dispatcher.core.Lease;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A saturated pool in a steady state: every slot is leased, and as many jobs wait as were asked
 * for, a third in each lane, spread over models and tenants.
 */
public final class Backlog {

    private static final int SLOTS = 2;
    private static final long START = 1_700_000_000_000L;

    private final Deque<Lease> running = new ArrayDeque<>();
    private final List<String> waitedAtStart = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final PoolDriver pool;
    private long now = START;
    private long grantNanos;

    private Backlog(PoolDriver pool) {
        this.pool = pool;
    }

    /**
     * How large a pool is.
     *
     * @param waiting tickets
     * @param gpus of two slots each; each serves two of four models
     * @param tenants that the jobs belong to
     */
    public record Size(int waiting, int gpus, int tenants) {}

    /** Fills a pool of that size. */
    public static Backlog of(Size size) {
        List<GpuSpec> gpus = IntStream.range(0, size.gpus()).mapToObj(Backlog::gpu).toList();
        int slots = size.gpus() * SLOTS;
        NumberedJobs jobs = NumberedJobs.of(size.waiting() + slots, size.tenants());
        Backlog backlog = new Backlog(new PoolDriver(gpus, new NumberedRows(jobs), START));
        backlog.fill(jobs);
        // A few of many slots may find no job of their models.
        int unfilled = Math.abs(backlog.waiting() - size.waiting());
        if (unfilled > slots / 100) {
            throw new IllegalStateException(backlog.waiting() + " jobs wait after the start");
        }
        return backlog;
    }

    private void fill(NumberedJobs jobs) {
        Set<String> waiting = new LinkedHashSet<>();
        for (int number = 0; number < jobs.count(); number++) {
            String id = NumberedJobs.id(number);
            pool.submit(jobs.job(id), START);
            waiting.add(id);
        }
        Optional<Lease> lease = pool.fill(START);
        while (lease.isPresent()) {
            running.addLast(lease.get());
            waiting.remove(lease.get().jobId());
            lease = pool.fill(START);
        }
        waitedAtStart.addAll(waiting);
    }

    private static GpuSpec gpu(int number) {
        List<String> models = List.of(NumberedJobs.model(number), NumberedJobs.model(number + 1));
        return new BenchGpu("gpu-%05d".formatted(number), SLOTS, models, false).spec();
    }

    /** Jobs that hold a ticket. */
    public int waiting() {
        return pool.live() - running.size();
    }

    /**
     * One decision and what keeps the state steady: the oldest call ends, its slot goes to the
     * first job that can use it, and the ended job is submitted again. A millisecond passes.
     */
    public Lease decide() {
        now++;
        Job ended = pool.finish(running.removeFirst(), now);
        long begun = System.nanoTime();
        Optional<Lease> granted = pool.fill(now);
        grantNanos = System.nanoTime() - begun;
        pool.submit(ended, now);
        // Where no other job of its GPU's models waits, the ended one takes its slot again.
        Lease lease = granted.or(() -> pool.fill(now)).orElseThrow();
        running.addLast(lease);
        return lease;
    }

    /** What the grant of the last decision took: choosing job and GPU, and making that true. */
    public long grantNanos() {
        return grantNanos;
    }

    /** How many jobs go before one that is drawn from all that wait; only before any decision. */
    public long rank() {
        return pool.position(waitedAtStart.get(random.nextInt(waitedAtStart.size())));
    }
}
