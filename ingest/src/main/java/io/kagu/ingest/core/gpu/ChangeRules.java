package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.Drain;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which changes of the registry may be made. */
public final class ChangeRules {

    private ChangeRules() {}

    /**
     * Why a change may not be made; empty if it may.
     *
     * @param drain how far the GPU's drain has come; empty for one that is not in force
     */
    public static Optional<GpuRefusal> judge(
            GpuChange change, Registry present, Optional<Drain> drain) {
        return switch (change) {
            case GpuChange.Put(GpuSpec spec) ->
                    notDrained(moves(spec, present), spec.name(), "moved to another pool", drain)
                            .or(() -> breaksRules(present, present.with(spec)));
            case GpuChange.Remove(String gpu, boolean force) ->
                    notDrained(!force, gpu, "deleted", drain)
                            .or(() -> breaksRules(present, present.without(gpu)));
        };
    }

    private static boolean moves(GpuSpec spec, Registry present) {
        return present.gpu(spec.name()).filter(it -> !it.pool().equals(spec.pool())).isPresent();
    }

    private static Optional<GpuRefusal> notDrained(
            boolean asked, String gpu, String change, Optional<Drain> drain) {
        return drain.filter(it -> asked && !it.done())
                .map(it -> new GpuRefusal.NotDrained(gpu, change, it));
    }

    private static Optional<GpuRefusal> breaksRules(Registry present, Collection<GpuSpec> next) {
        List<String> faults = newFaults(Registry.faults(present.gpus()), Registry.faults(next));
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(new GpuRefusal.BreaksRules(faults));
    }

    /** What a change broke: a registry that has a fault already can still be changed elsewhere. */
    public static List<String> newFaults(Collection<String> before, Collection<String> after) {
        List<String> faults = new ArrayList<>(after);
        faults.removeAll(before);
        return faults;
    }
}
