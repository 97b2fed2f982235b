package io.kagu.bench.pipeline;

import io.kagu.common.config.SettingSource;
import io.kagu.common.config.SettingTable;
import io.kagu.common.config.Settings;
import io.kagu.dispatcher.DispatcherConfig;
import io.kagu.dispatcher.DispatcherService;
import io.kagu.statusapi.StatusConfig;
import io.kagu.statusapi.StatusService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What is measured of Kagu: a dispatcher, and the status service folding beside it. */
final class KaguSide implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration CHECK = Duration.ofMillis(10);

    private final StatusService status;
    private final DispatcherService dispatcher;

    private KaguSide(StatusService status, DispatcherService dispatcher) {
        this.status = status;
        this.dispatcher = dispatcher;
    }

    static KaguSide start(SideSetup setup) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        StatusConfig forStatus =
                StatusConfig.of(
                        settings(StatusConfig.table(), "KAGU_STATUS_STATE_DIR", setup, "status"));
        StatusService status =
                StatusService.start(forStatus, setup.kafka(), setup.topics(), meters);
        await(status::ready);
        DispatcherConfig forDispatcher =
                DispatcherConfig.of(
                        settings(
                                DispatcherConfig.table(),
                                "KAGU_DISPATCHER_STATE_DIR",
                                setup,
                                "dispatcher"));
        return new KaguSide(
                status,
                DispatcherService.start(forDispatcher, setup.kafka(), setup.topics(), meters));
    }

    /** The defaults, but for where the stores are. */
    private static Settings settings(
            SettingTable table, String key, SideSetup setup, String folder) {
        String dir = setup.stateDir().resolve(folder).toString();
        return table.read(List.of(new SettingSource("bench", Map.of(key, dir))));
    }

    private static void await(BooleanSupplier ready) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the status service did not become ready");
            }
            LockSupport.parkNanos(CHECK.toNanos());
        }
    }

    @Override
    public void close() {
        dispatcher.close();
        status.close();
    }
}
