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
    private static final int MAX_TOKENS_PER_MINUTE = 1_000_000_000;
    private static final int MAX_TEMPERATURE = 200;
    private static final int WHOLE = 100;
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
        gpus.forEach(gpu -> gpu.models().forEach(model -> rules.checkFallbacks(gpu, model)));
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
        checkLimits(at + "limits.", gpu.limits());
        checkDownAt(at + "down_at.", gpu.downAt());
        checkPreferred(at + "preferred.", gpu);
        require(!gpu.models().isEmpty(), at + "models must list at least one model");
        require(
                gpu.sidecar().kind() == Sidecar.Kind.NONE || gpu.sidecar().url().isPresent(),
                at + "sidecar url is missing");
        gpu.models().forEach(model -> checkModel(gpu, model));
    }

    private void checkLimits(String at, GpuLimits limits) {
        within(at + "requests_per_minute", limits.requestsPerMinute(), MAX_PER_MINUTE);
        within(at + "min_pause_ms", limits.minPauseMs(), MAX_PAUSE_MILLIS);
        within(at + "tokens_per_minute", limits.tokensPerMinute(), MAX_TOKENS_PER_MINUTE);
        within(at + "concurrency", limits.concurrency(), MAX_SLOTS);
    }

    private void checkDownAt(String at, DownAt downAt) {
        within(at + "vram_pct", downAt.vramPct(), WHOLE);
        within(at + "util_pct", downAt.utilPct(), WHOLE);
        within(at + "temp_c", downAt.tempC(), MAX_TEMPERATURE);
    }

    private void checkPreferred(String at, GpuSpec gpu) {
        PreferredModels preferred = gpu.preferred();
        within(at + "spill_pct", OptionalInt.of(preferred.spillPct()), WHOLE);
        for (String model : preferred.models()) {
            require(Registry.serves(gpu, model), at + "models: it does not serve " + model);
        }
    }

    private void checkFallbacks(GpuSpec gpu, ServedModel model) {
        String at = "model " + model.name() + ": fallback ";
        for (String fallback : model.fallbacks()) {
            String pool = poolOfModel.get(fallback);
            require(!fallback.equals(model.name()), at + fallback + " is the model itself");
            require(pool != null, at + fallback + " is served by no GPU");
            require(
                    pool == null || pool.equals(gpu.pool()),
                    at + fallback + " is in another pool, " + pool);
        }
    }

    private void within(String what, OptionalInt value, int most) {
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
