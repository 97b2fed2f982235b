package io.kagu.ingest.desk;

import io.kagu.common.gpu.Drain;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryTopic;
import io.kagu.ingest.core.gpu.ChangeRules;
import io.kagu.ingest.core.gpu.GpuChange;
import io.kagu.ingest.core.gpu.GpuRefusal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Changes registered GPUs, one change at a time. */
public final class GpuDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RegistryTopic registry;
    private final RegistryWriter writer;
    private final QueueStatusTopic pools;
    private final InstantSource clock;
    private final Semaphore turn = new Semaphore(1, true);

    public GpuDesk(
            RegistryTopic registry,
            RegistryWriter writer,
            QueueStatusTopic pools,
            InstantSource clock) {
        this.registry = registry;
        this.writer = writer;
        this.pools = pools;
        this.clock = clock;
    }

    /** A change that depends on the GPU as it is. */
    @FunctionalInterface
    private interface Turn {
        GpuAnswer take() throws InterruptedException;
    }

    /** Registers a GPU like this. */
    public GpuAnswer put(GpuSpec spec) throws InterruptedException {
        return inTurn(() -> change(new GpuChange.Put(spec)));
    }

    /** Lets a GPU take no more calls, or again. */
    public GpuAnswer drain(String gpu, boolean drains) throws InterruptedException {
        return inTurn(() -> {
            Optional<GpuSpec> known = registry.current().gpu(gpu);
            return known.isPresent()
                    ? change(new GpuChange.Put(known.get().draining(drains)))
                    : new GpuAnswer.Refused(new GpuRefusal.NotFound(gpu));
        });
    }

    /** Forgets a GPU; with force also while calls may run on it. */
    public GpuAnswer remove(String gpu, boolean force) throws InterruptedException {
        return inTurn(() ->
                registry.stored().contains(gpu)
                        ? change(new GpuChange.Remove(gpu, force))
                        : new GpuAnswer.Refused(new GpuRefusal.NotFound(gpu)));
    }

    private GpuAnswer inTurn(Turn action) throws InterruptedException {
        if (!registry.ready() || !pools.ready()) {
            return new GpuAnswer.Refused(new GpuRefusal.NotReady());
        }
        if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return new GpuAnswer.Refused(new GpuRefusal.NotConfirmed());
        }
        try {
            return action.take();
        } finally {
            turn.release();
        }
    }

    private GpuAnswer change(GpuChange change) throws InterruptedException {
        Registry present = registry.current();
        GpuAnswer done = done(change, present);
        if (isSoAlready(change, present)) {
            return done;
        }
        Optional<GpuRefusal> refusal =
                ChangeRules.judge(change, present, drainOf(change.gpu(), present));
        if (refusal.isEmpty()) {
            refusal = writer.write(change, present);
        }
        return refusal.<GpuAnswer>map(GpuAnswer.Refused::new).orElse(done);
    }

    private static GpuAnswer done(GpuChange change, Registry present) {
        return switch (change) {
            case GpuChange.Put(GpuSpec spec) ->
                    new GpuAnswer.Stored(spec, present.gpu(spec.name()).isEmpty());
            case GpuChange.Remove _ -> new GpuAnswer.Removed();
        };
    }

    private boolean isSoAlready(GpuChange change, Registry present) {
        return change instanceof GpuChange.Put(GpuSpec spec)
                && present.gpus().contains(spec)
                && !registry.leftOut().containsKey(spec.name());
    }

    private Optional<Drain> drainOf(String gpu, Registry present) {
        return present.gpu(gpu)
                .flatMap(spec ->
                        registry.row(gpu)
                                .map(row ->
                                        Drain.of(
                                                spec,
                                                row.time(),
                                                pools.pool(spec.pool()),
                                                clock.instant())));
    }
}
