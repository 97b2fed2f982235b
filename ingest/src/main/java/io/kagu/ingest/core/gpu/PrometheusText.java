package io.kagu.ingest.core.gpu;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Reads Prometheus text under the names of DCGM's exporter, vLLM and llama.cpp, whichever are
 * there.
 *
 * <p>Several series of one metric are several cards or engines behind one registered GPU. Memory
 * and requests are their sum. Utilisation, temperature and KV cache are their maximum: the busiest
 * card holds a call back, the hottest one throttles, the fullest cache evicts.
 */
final class PrometheusText {

    private static final String FB_USED = "DCGM_FI_DEV_FB_USED";
    private static final String FB_FREE = "DCGM_FI_DEV_FB_FREE";

    /** In this order: of two names for one gauge the first that is there counts. */
    private static final List<Source> SOURCES =
            List.of(
                    new Source("DCGM_FI_DEV_GPU_UTIL", Gauge.GPU_UTIL_PCT, MetricSeries::max),
                    new Source("DCGM_FI_DEV_GPU_TEMP", Gauge.TEMP_C, MetricSeries::max),
                    new Source(FB_USED, Gauge.VRAM_USED_MB, MetricSeries::sum),
                    new Source(
                            "vllm:num_requests_running", Gauge.REQUESTS_RUNNING, MetricSeries::sum),
                    new Source(
                            "vllm:num_requests_waiting", Gauge.REQUESTS_WAITING, MetricSeries::sum),
                    new Source("vllm:kv_cache_usage_perc", Gauge.KV_CACHE_USAGE, MetricSeries::max),
                    new Source(
                            "vllm:gpu_cache_usage_perc", Gauge.KV_CACHE_USAGE, MetricSeries::max),
                    new Source(
                            "llamacpp:requests_processing",
                            Gauge.REQUESTS_RUNNING,
                            MetricSeries::sum),
                    new Source(
                            "llamacpp:requests_deferred",
                            Gauge.REQUESTS_WAITING,
                            MetricSeries::sum));

    private static final Set<String> KNOWN = known();

    private final Map<String, MetricSeries> found = new TreeMap<>();

    private PrometheusText() {}

    /** A metric's name, what it tells, and how its series become one number. */
    private record Source(String name, Gauge gauge, ToDoubleFunction<MetricSeries> fold) {}

    private static Set<String> known() {
        Set<String> names = new TreeSet<>();
        SOURCES.forEach(source -> names.add(source.name()));
        names.add(FB_FREE);
        return names;
    }

    static Reading read(byte[] body) {
        PrometheusText text = new PrometheusText();
        Iterator<String> lines = new String(body, StandardCharsets.UTF_8).lines().iterator();
        while (lines.hasNext()) {
            Optional<String> fault =
                    MetricLine.of(lines.next())
                            .filter(line -> KNOWN.contains(line.name()))
                            .flatMap(text::take);
            if (fault.isPresent()) {
                return new Reading.Garbage(fault.get());
            }
        }
        return GpuNumbers.of(text.values());
    }

    /** Takes a sample; says what is wrong with it if it cannot be true. */
    private Optional<String> take(MetricLine line) {
        OptionalDouble value = line.value();
        if (value.isEmpty()) {
            return Optional.of(line.name() + " is not a number");
        }
        // Before the sum, in which a negative series would only look like less.
        if (!Double.isFinite(value.getAsDouble()) || value.getAsDouble() < 0) {
            return Optional.of(line.name() + " is " + value.getAsDouble());
        }
        found.merge(
                line.name(),
                MetricSeries.NONE.plus(value.getAsDouble()),
                (before, _) -> before.plus(value.getAsDouble()));
        return Optional.empty();
    }

    private Map<Gauge, Double> values() {
        Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
        for (Source source : SOURCES) {
            MetricSeries series = found.get(source.name());
            if (series != null) {
                values.putIfAbsent(source.gauge(), source.fold().applyAsDouble(series));
            }
        }
        MetricSeries used = series(FB_USED);
        MetricSeries free = series(FB_FREE);
        // A card that tells only one of the two would make the total too small.
        if (used.count() > 0 && used.count() == free.count()) {
            values.put(Gauge.VRAM_TOTAL_MB, used.sum() + free.sum());
        }
        return values;
    }

    private MetricSeries series(String name) {
        return found.getOrDefault(name, MetricSeries.NONE);
    }
}
