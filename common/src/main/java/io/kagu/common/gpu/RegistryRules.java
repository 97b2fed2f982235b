package io.kagu.common.gpu;

import io.kagu.common.job.JobIds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules that a set of GPUs must keep as a whole. */
final class RegistryRules {

    private static final int MAX_SLOTS = 4096;
    private static final int MAX_PER_MINUTE = 100_000;
    private static final int MAX_PAUSE_MILLIS = 3_600_000;
    private static final int MAX_TIMEOUT_SECONDS = 24 * 3600;

    private final List<String> faults = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private final Map<String, String> poolOfModel = new TreeMap<>();
    private final Map<String, String> modelOfName = new TreeMap<>();

    private RegistryRules() {}

    /** What is wrong with these GPUs, one line each; empty if nothing is. */
    static List<String> check(Collection<GpuSpec> gpus) {
        RegistryRules rules = new RegistryRules();
        gpus.forEach(rules::checkGpu);
        return rules.faults;
    }

    private void checkGpu(GpuSpec gpu) {
        String at = "gpu " + gpu.name() + ": ";
        require(JobIds.valid(gpu.name()), at + "name must match " + JobIds.PATTERN);
        require(names.add(gpu.name()), at + "name is used twice");
        require(JobIds.valid(gpu.pool()), at + "pool must match " + JobIds.PATTERN);
        require(isHttp(gpu), at + "endpoint must be an http or https URL with a host");
        require(gpu.slots() >= 1 && gpu.slots() <= MAX_SLOTS, at + "slots must be 1.." + MAX_SLOTS);
        require(
                gpu.callTimeoutSeconds() >= 1 && gpu.callTimeoutSeconds() <= MAX_TIMEOUT_SECONDS,
                at + "call_timeout_seconds must be 1.." + MAX_TIMEOUT_SECONDS);
        limit(at + "limits.requests_per_minute", gpu.limits().requestsPerMinute(), MAX_PER_MINUTE);
        limit(at + "limits.min_pause_ms", gpu.limits().minPauseMs(), MAX_PAUSE_MILLIS);
        require(!gpu.models().isEmpty(), at + "models must list at least one model");
        require(
                gpu.sidecar().kind() == Sidecar.Kind.NONE || gpu.sidecar().url().isPresent(),
                at + "sidecar url is missing");
        gpu.models().forEach(model -> checkModel(gpu, model));
    }

    private void limit(String what, OptionalInt value, int most) {
        boolean holds = value.isEmpty() || (value.getAsInt() >= 1 && value.getAsInt() <= most);
        require(holds, what + " must be 1.." + most);
    }

    private void checkModel(GpuSpec gpu, ServedModel model) {
        String pool = poolOfModel.putIfAbsent(model.name(), gpu.pool());
        require(
                pool == null || pool.equals(gpu.pool()),
                "model %s: served in pool %s and in pool %s; a model belongs to exactly one"
                        .formatted(model.name(), pool, gpu.pool()));
        checkName(model.name(), model.name());
        model.aliases().forEach(alias -> checkName(alias, model.name()));
    }

    private void checkName(String name, String model) {
        require(!name.isBlank(), "model " + model + ": a name or alias is blank");
        String other = modelOfName.putIfAbsent(name, model);
        require(
                other == null || other.equals(model),
                "model name %s: stands for %s and for %s".formatted(name, other, model));
    }

    private void require(boolean holds, String fault) {
        if (!holds && !faults.contains(fault)) {
            faults.add(fault);
        }
    }

    private static boolean isHttp(GpuSpec gpu) {
        String scheme = gpu.endpoint().getScheme();
        return gpu.endpoint().getHost() != null
                && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
    }
}
