package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.FleetPlan;
import io.kagu.bench.service.Http;
import io.kagu.bench.service.ServiceProcess;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Asks dispatchers which pools they own. */
record Owners(FleetPlan plan, List<ServiceProcess> dispatchers) {

    /** A dispatcher that owns a pool, the first one from a number on; that number if none does. */
    int ownerFrom(int draw) throws InterruptedException {
        int count = dispatchers.size();
        for (int step = 0; step < count; step++) {
            int number = (draw % count + step) % count;
            if (!poolsOf(number).isEmpty()) {
                return number;
            }
        }
        return draw % count;
    }

    /** The pools of a dispatcher, by its own gauges; none if it does not answer. */
    List<String> poolsOf(int dispatcher) throws InterruptedException {
        Optional<String> gauges =
                Http.get(dispatchers.get(dispatcher).address().resolve("/metrics"))
                        .map(HttpResponse::body);
        return plan.pools().stream()
                .filter(pool ->
                        gauges.orElse("").contains("kagu_pool_slots{pool=\"" + pool + "\"}"))
                .toList();
    }
}
