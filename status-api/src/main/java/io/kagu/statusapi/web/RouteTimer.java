package io.kagu.statusapi.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Times a route's requests by their status. */
public final class RouteTimer {

    private final String route;
    private final MeterRegistry registry;

    /** The registry would look for them by their tags at each request. */
    private final Map<Integer, Timer> byStatus = new ConcurrentHashMap<>();

    public RouteTimer(String route, MeterRegistry registry) {
        this.route = route;
        this.registry = registry;
    }

    Timer.Sample begin() {
        return Timer.start(registry);
    }

    void end(Timer.Sample request, int status) {
        request.stop(Objects.requireNonNull(byStatus.computeIfAbsent(status, this::timer)));
    }

    private Timer timer(int status) {
        return registry.timer(
                "kagu.status.requests", "route", route, "status", Integer.toString(status));
    }
}
