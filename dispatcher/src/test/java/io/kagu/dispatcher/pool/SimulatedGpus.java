package io.kagu.dispatcher.pool;

import io.kagu.common.codec.Json;
import io.kagu.common.gpu.DownAt;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.PreferredModels;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryFold;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** The GPUs of a simulation: some leave, some are drained, fall sick, or have sidecars that lie. */
final class SimulatedGpus {

    /** A model that a GPU of one pool serves, and then one of another. */
    static final String ROAMING = "r";

    /** What of pool {@code p1} may be paused. */
    static final List<PauseScope> PAUSES =
            List.of(
                    PauseScope.POOL,
                    new PauseScope(Optional.of(Priority.HIGH), Optional.empty()),
                    new PauseScope(Optional.empty(), Optional.of("a")),
                    new PauseScope(Optional.of(Priority.LOW), Optional.of("b")));

    private static final GpuLimits LIMITS =
            new GpuLimits(
                    OptionalInt.of(30),
                    OptionalInt.of(200),
                    OptionalInt.of(12_000),
                    OptionalInt.of(2));
    private static final GpuLimits TOKEN_LIMIT =
            new GpuLimits(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(50_000),
                    OptionalInt.empty());
    private static final Sidecar SIDECAR =
            new Sidecar(Sidecar.Kind.JSON, Optional.of(URI.create("http://sidecar")));
    private static final ServedModel B_OR_A =
            new ServedModel("b", List.of(), Optional.empty(), List.of("a"));
    private static final GpuSpec ALPHA =
            gpu("alpha", "p1", 2, GpuLimits.NONE, ServedModel.of("a"), ServedModel.of("b"))
                    .preferredFor(new PreferredModels(List.of("b"), 60));
    private static final GpuSpec BETA = gpu("beta", "p1", 1, GpuLimits.NONE, B_OR_A);
    private static final GpuSpec GAMMA = gpu("gamma", "p1", 3, LIMITS, ServedModel.of("a"));
    private static final GpuSpec DELTA = gpu("delta", "p2", 2, TOKEN_LIMIT, ServedModel.of("d"));
    private static final GpuSpec ECHO =
            gpu("echo", "p1", 1, GpuLimits.NONE, ServedModel.of(ROAMING));
    private static final GpuSpec FOXTROT =
            gpu("foxtrot", "p2", 1, GpuLimits.NONE, ServedModel.of(ROAMING));
    private static final List<GpuSpec> ALL = List.of(ALPHA, BETA, GAMMA, DELTA);
    private static final List<Health> SAID =
            List.of(Health.OK, Health.OK, Health.DOWN, Health.GARBAGE, Health.UNREACHABLE);

    private final SplittableRandom random;
    private final InstantSource clock;
    private final RegistryFold registry = new RegistryFold();
    private final SidecarTable sidecars;
    private final Set<String> sick = new TreeSet<>();
    private final Map<String, GpuMetrics> said = new TreeMap<>();

    SimulatedGpus(SplittableRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
        this.sidecars = new SidecarTable(clock);
        ALL.forEach(this::register);
        register(ECHO);
    }

    private void register(GpuSpec gpu) {
        registry.apply(gpu.name(), Json.write(gpu));
    }

    Registry registry() {
        return registry.current();
    }

    /** The registry as a new owner has it. */
    GpuTable table() {
        return new GpuTable(registry);
    }

    SidecarTable sidecars() {
        return sidecars;
    }

    /** What a GPU's sidecar said last. */
    Optional<GpuMetrics> said(String gpu) {
        return Optional.ofNullable(said.get(gpu));
    }

    boolean sick(String gpu) {
        return sick.contains(gpu);
    }

    /** A GPU leaves, and is named, or comes back. */
    Optional<String> comeOrGo() {
        GpuSpec gpu = random.nextBoolean() ? BETA : GAMMA;
        if (registry().gpu(gpu.name()).isEmpty()) {
            register(gpu);
            return Optional.empty();
        }
        registry.apply(gpu.name(), null);
        return Optional.of(gpu.name());
    }

    /** The roaming model moves to the other pool; says which GPU left. */
    String modelMoves() {
        GpuSpec from = registry().gpu(ECHO.name()).isPresent() ? ECHO : FOXTROT;
        registry.apply(from.name(), null);
        register(from.equals(ECHO) ? FOXTROT : ECHO);
        return from.name();
    }

    void drainOrResume() {
        GpuSpec gpu = ALL.get(random.nextInt(ALL.size()));
        registry().gpu(gpu.name()).ifPresent(now -> register(now.draining(!now.draining())));
    }

    void fallSickOrGetWell() {
        String gpu = ALL.get(random.nextInt(ALL.size())).name();
        if (!sick.remove(gpu)) {
            sick.add(gpu);
        }
    }

    /** A sidecar says something, true or not, or something of before that comes late. */
    void sidecarSpeaks() {
        String gpu = ALL.get(random.nextInt(ALL.size())).name();
        boolean late = random.nextInt(5) == 0;
        Instant time = late ? clock.instant().minusSeconds(10) : clock.instant();
        GpuMetrics metrics = metrics(gpu, time, SAID.get(random.nextInt(SAID.size())));
        boolean newest = said(gpu).filter(known -> known.time().isAfter(time)).isEmpty();
        if (newest) {
            said.put(gpu, metrics);
        }
        sidecars.hear(gpu, Json.write(metrics));
    }

    private GpuMetrics metrics(String gpu, Instant time, Health health) {
        return new GpuMetrics(
                GpuMetrics.SCHEMA,
                gpu,
                time,
                health,
                Optional.empty(),
                OptionalDouble.of(random.nextInt(101)),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalInt.of(random.nextInt(5)),
                OptionalDouble.empty());
    }

    /** All are there, take calls and are well. */
    void calmDown() {
        sick.clear();
        ALL.forEach(this::register);
    }

    private static GpuSpec gpu(
            String name, String pool, int slots, GpuLimits limits, ServedModel... models) {
        return new GpuSpec(
                name,
                URI.create("http://" + name),
                SIDECAR,
                pool,
                "simulated",
                Arrays.asList(models),
                slots,
                0,
                0,
                10,
                limits,
                DownAt.INSTALLATION,
                PreferredModels.NONE,
                false,
                Optional.empty());
    }
}
