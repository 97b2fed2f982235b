package io.kagu.contract;

import io.javalin.Javalin;
import io.javalin.router.ParsedEndpoint;
import io.kagu.common.http.HealthRoutes;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.OpenApiRoutes;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds out which routes a service registers. */
public final class RegisteredRoutes {

    private RegisteredRoutes() {}

    /** The routes of a service, with those that every service has. */
    public static Set<String> ofService(HttpRoutes own) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return of(List.of(own, new HealthRoutes(Map.of(), metrics), new OpenApiRoutes()));
    }

    /** The routes of some groups, such as {@code GET /v1/jobs/{id}}. */
    static Set<String> of(List<HttpRoutes> groups) {
        Javalin javalin =
                Javalin.create(setup -> {
                    setup.startup.showJavalinBanner = false;
                    groups.forEach(group -> group.addTo(setup.routes));
                });
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(RegisteredRoutes::name)
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static String name(ParsedEndpoint route) {
        return route.endpoint.method.name() + " " + route.endpoint.path;
    }
}
