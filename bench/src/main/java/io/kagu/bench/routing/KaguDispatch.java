package io.kagu.bench.routing;

import io.kagu.bench.pool.BenchGpu;
import io.kagu.bench.pool.BenchJob;
import io.kagu.bench.pool.PoolDriver;
import io.kagu.bench.pool.RowShelf;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.dispatcher.core.Lease;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Kagu: jobs wait in a real pool, which gives each free slot to the first that can use it. */
final class KaguDispatch implements Dispatch {

    private static final long START = 1_700_000_000_000L;

    private final PoolDriver pool;
    private final Map<String, FleetGpu> gpus = new TreeMap<>();
    private final Map<String, FleetJob> jobs = new TreeMap<>();
    private final Map<String, Lease> leases = new TreeMap<>();

    KaguDispatch(Workload workload) {
        workload.gpus().forEach(gpu -> gpus.put(gpu.name(), gpu));
        pool =
                new PoolDriver(
                        workload.gpus().stream().map(KaguDispatch::registered).toList(),
                        RowShelf.inHeap(),
                        START);
    }

    private static GpuSpec registered(FleetGpu gpu) {
        return new BenchGpu(gpu.name(), gpu.slots(), gpu.models(), true).spec();
    }

    private static String id(FleetJob job) {
        return "job-%06d".formatted(job.index());
    }

    @Override
    public void arrived(FleetJob job, long now) {
        jobs.put(id(job), job);
        pool.submit(
                new BenchJob(id(job), job.model(), job.lane(), job.tenant()).job(), START + now);
    }

    @Override
    public void ended(Placement call, long now) {
        String id = id(call.job());
        pool.finish(Optional.ofNullable(leases.remove(id)).orElseThrow(), START + now);
        jobs.remove(id);
    }

    @Override
    public void scraped(FleetGpu gpu, SidecarNumbers numbers, long now) {
        pool.read(numbers.metrics(gpu, START + now), START + now);
    }

    @Override
    public Optional<Placement> next(long now) {
        Optional<Lease> lease = pool.fill(START + now);
        lease.ifPresent(granted -> leases.put(granted.jobId(), granted));
        return lease.map(this::placed);
    }

    private Placement placed(Lease lease) {
        return new Placement(
                Objects.requireNonNull(jobs.get(lease.jobId())),
                Objects.requireNonNull(gpus.get(lease.gpu())));
    }
}
