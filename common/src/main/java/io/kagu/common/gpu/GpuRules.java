package io.kagu.common.gpu;

import io.kagu.common.job.JobIds;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The rules that a GPU's entry must keep by itself. */
final class GpuRules {

    private static final int MAX_SLOTS = 4096;
    private static final int MAX_PER_MINUTE = 100_000;
    private static final int MAX_PAUSE_MILLIS = 3_600_000;
    private static final int MAX_TOKENS_PER_MINUTE = 1_000_000_000;
    private static final int MAX_TEMPERATURE = 200;
    private static final int WHOLE = 100;
    private static final int MAX_TIMEOUT_SECONDS = 24 * 3600;

    private final List<String> faults = new ArrayList<>();
    private final GpuSpec gpu;

    private GpuRules(GpuSpec gpu) {
        this.gpu = gpu;
    }

    /** What is wrong with this GPU, one line each; empty if nothing is. */
    static List<String> check(GpuSpec gpu) {
        GpuRules rules = new GpuRules(gpu);
        rules.checkGpu("gpu " + gpu.name() + ": ");
        gpu.models().forEach(rules::checkModel);
        return rules.faults;
    }

    private void checkGpu(String at) {
        require(JobIds.valid(gpu.name()), at + "name must match " + JobIds.PATTERN);
        require(JobIds.valid(gpu.pool()), at + "pool must match " + JobIds.PATTERN);
        require(isHttp(), at + "endpoint must be an http or https URL with a host");
        require(gpu.slots() >= 1 && gpu.slots() <= MAX_SLOTS, at + "slots must be 1.." + MAX_SLOTS);
        require(
                gpu.callTimeoutSeconds() >= 1 && gpu.callTimeoutSeconds() <= MAX_TIMEOUT_SECONDS,
                at + "call_timeout_seconds must be 1.." + MAX_TIMEOUT_SECONDS);
        checkLimits(at + "limits.", gpu.limits());
        checkDownAt(at + "down_at.", gpu.downAt());
        checkPreferred(at + "preferred.", gpu.preferred());
        require(!gpu.models().isEmpty(), at + "models must list at least one model");
        require(
                gpu.sidecar().kind() == Sidecar.Kind.NONE || gpu.sidecar().url().isPresent(),
                at + "sidecar url is missing");
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

    private void checkPreferred(String at, PreferredModels preferred) {
        within(at + "spill_pct", OptionalInt.of(preferred.spillPct()), WHOLE);
        for (String model : preferred.models()) {
            require(Registry.serves(gpu, model), at + "models: it does not serve " + model);
        }
    }

    private void checkModel(ServedModel model) {
        String at = "model " + model.name() + ": ";
        require(!model.name().isBlank(), at + "a name or alias is blank");
        for (String alias : model.aliases()) {
            require(!alias.isBlank(), at + "a name or alias is blank");
        }
        require(
                !model.fallbacks().contains(model.name()),
                at + "fallback " + model.name() + " is the model itself");
    }

    private void within(String what, OptionalInt value, int most) {
        boolean holds = value.isEmpty() || (value.getAsInt() >= 1 && value.getAsInt() <= most);
        require(holds, what + " must be 1.." + most);
    }

    private void require(boolean holds, String fault) {
        if (!holds && !faults.contains(fault)) {
            faults.add(fault);
        }
    }

    private boolean isHttp() {
        String scheme = gpu.endpoint().getScheme();
        return gpu.endpoint().getHost() != null
                && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
    }
}
