package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.FleetPlan;
import io.kagu.bench.service.Http;
import io.kagu.bench.service.ServiceProcess;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks dispatchers which pools they own. */
record Owners(FleetPlan plan, List<ServiceProcess> dispatchers) {

    private static final Pattern INFO =
            Pattern.compile("kagu_executor_info\\{incarnation=\"([^\"]+)\"");

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

    /** The incarnation of a dispatcher, by its own gauges; empty if it does not answer. */
    String incarnationOf(int dispatcher) throws InterruptedException {
        Matcher info = INFO.matcher(gauges(dispatcher));
        return info.find() ? info.group(1) : "";
    }

    /** The pools of a dispatcher, by its own gauges; none if it does not answer. */
    List<String> poolsOf(int dispatcher) throws InterruptedException {
        String gauges = gauges(dispatcher);
        return plan.pools().stream()
                .filter(pool -> gauges.contains("kagu_pool_slots{pool=\"" + pool + "\"}"))
                .toList();
    }

    private String gauges(int dispatcher) throws InterruptedException {
        return Http.get(dispatchers.get(dispatcher).address().resolve("/metrics"))
                .map(HttpResponse::body)
                .orElse("");
    }
}
