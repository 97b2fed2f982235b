package io.kagu.dispatcher.pool;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Gauges that come and go together. */
final class GaugeGroup {

    private final MeterRegistry registry;
    private final List<Meter> gauges = new ArrayList<>();

    GaugeGroup(MeterRegistry registry) {
        this.registry = registry;
    }

    void add(String name, String description, Tags tags, Supplier<Number> value) {
        gauges.add(
                Gauge.builder(name, value).description(description).tags(tags).register(registry));
    }

    void remove() {
        gauges.forEach(registry::remove);
        gauges.clear();
    }
}
