package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.DownAt;

import java.util.Locale;
import java.util.Optional;

/**
 * When a card counts as down though it answers: its memory is full, or it runs hot at full load.
 * Engines that take nearly all memory at their start need a higher bound for it.
 *
 * @param vramPct above this share of its memory, percent; 100 is never reached
 * @param utilPct above this utilisation, percent, and
 * @param tempC above this temperature, degrees Celsius
 */
public record DownRule(int vramPct, int utilPct, int tempC) {

    /** Those of the systems that Kagu replaces. */
    public static final DownRule DEFAULT = new DownRule(95, 98, 85);

    private static final double WHOLE = 100;

    /** This rule with what a GPU's own entry says. */
    public DownRule with(DownAt own) {
        return new DownRule(
                own.vramPct().orElse(vramPct),
                own.utilPct().orElse(utilPct),
                own.tempC().orElse(tempC));
    }

    /** Why a card with these numbers is down; empty if it is not, or too little is known. */
    Optional<String> reason(GpuNumbers numbers) {
        return fullMemory(numbers).or(() -> hotAtFullLoad(numbers));
    }

    private Optional<String> fullMemory(GpuNumbers numbers) {
        if (numbers.vramUsedMb().isEmpty() || numbers.vramTotalMb().isEmpty()) {
            return Optional.empty();
        }
        double share = WHOLE * numbers.vramUsedMb().getAsLong() / numbers.vramTotalMb().getAsLong();
        return share > vramPct
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "video memory is %.1f %% full, above %d %%",
                                share,
                                vramPct))
                : Optional.empty();
    }

    private Optional<String> hotAtFullLoad(GpuNumbers numbers) {
        // NaN is above nothing.
        double util = numbers.utilPct().orElse(Double.NaN);
        double temp = numbers.tempC().orElse(Double.NaN);
        return util > utilPct && temp > tempC
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%.1f °C at %.1f %% load, above %d °C",
                                temp,
                                util,
                                tempC))
                : Optional.empty();
    }
}
