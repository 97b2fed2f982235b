package io.kagu.common.gpu;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folds the stored rows of the registry into the GPUs in force. One thread applies, any may read.
 *
 * <p>A row that cannot be read, or breaks a rule by itself, changes nothing: the row of its GPU
 * before it stands. Of rows that contradict each other those in force win over a new one, and among
 * new ones the first by name. A new row stays a candidate, so that a change of several rows takes
 * effect with its last one. Whoever starts anew finds only the last row of each GPU, and all of
 * them new.
 */
public final class RegistryFold {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryFold.class);

    private final Map<String, GpuSpec> sound = new TreeMap<>();
    private final Map<String, List<String>> unsound = new TreeMap<>();
    private Map<String, GpuSpec> inForce = new TreeMap<>();

    private volatile State state = new State(Registry.EMPTY, Map.of());

    /**
     * What the rows mean.
     *
     * @param registry the GPUs in force
     * @param leftOut by GPU, why its last row is not in force
     */
    public record State(Registry registry, Map<String, List<String>> leftOut) {

        public State {
            leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
        }
    }

    /** The registry now; the same object until it changes. */
    public Registry current() {
        return state.registry();
    }

    /** The registry now, with the rows that are not in force. */
    public State state() {
        return state;
    }

    /** Applies a row: a spec, or nothing for a GPU that is gone. */
    public void apply(String gpu, byte @Nullable [] spec) {
        unsound.remove(gpu);
        if (spec == null) {
            sound.remove(gpu);
        } else {
            take(gpu, spec);
        }
        settle();
    }

    private void take(String gpu, byte[] row) {
        try {
            GpuSpec spec = Json.read(row, GpuSpec.class);
            List<String> faults = GpuRules.check(spec);
            if (!spec.name().equals(gpu)) {
                faults = List.of("gpu %s: its row says it is %s".formatted(gpu, spec.name()));
            }
            if (faults.isEmpty()) {
                sound.put(gpu, spec);
            } else {
                unsound.put(gpu, faults);
            }
        } catch (BadJsonException e) {
            unsound.put(gpu, List.of("gpu " + gpu + ": " + e.getMessage()));
        }
    }

    private void settle() {
        Map<String, GpuSpec> changed = new TreeMap<>(sound);
        changed.entrySet().removeIf(row -> row.getValue().equals(inForce.get(row.getKey())));
        Settlement next = new Settlement(new TreeMap<>(unsound));
        sound.forEach((gpu, spec) -> {
            if (!changed.containsKey(gpu)) {
                next.add(gpu, spec);
            }
        });
        changed.forEach(next::add);
        // Whose new row was left out goes on with the one before.
        for (String gpu : changed.keySet()) {
            GpuSpec before = inForce.get(gpu);
            if (before != null && !next.inForce.containsKey(gpu)) {
                next.add(gpu, before);
            }
        }
        publish(next);
    }

    private void publish(Settlement next) {
        next.leftOut.forEach((gpu, faults) -> {
            if (!faults.equals(state.leftOut().get(gpu))) {
                LOG.atWarn()
                        .addKeyValue("gpu", gpu)
                        .addKeyValue("faults", faults)
                        .log("registry row left out");
            }
        });
        Registry registry =
                next.inForce.equals(inForce)
                        ? state.registry()
                        : Registry.inForce(next.inForce.values());
        inForce = next.inForce;
        state = new State(registry, next.leftOut);
    }

    /** GPUs taken one after the other, each if it agrees with those before it. */
    private static final class Settlement {

        private final ModelNames names = new ModelNames();
        private final Map<String, GpuSpec> inForce = new TreeMap<>();
        private final Map<String, List<String>> leftOut;

        Settlement(Map<String, List<String>> leftOut) {
            this.leftOut = leftOut;
        }

        void add(String gpu, GpuSpec spec) {
            List<String> faults = names.takeWhole(spec);
            if (faults.isEmpty()) {
                inForce.put(gpu, spec);
            } else {
                leftOut.putIfAbsent(gpu, faults);
            }
        }
    }
}
