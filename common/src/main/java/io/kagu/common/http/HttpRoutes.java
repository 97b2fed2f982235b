package io.kagu.common.http;

import io.javalin.config.RoutesConfig;

/** A group of routes that a service adds to a server; several groups can share one. */
@FunctionalInterface
public interface HttpRoutes {

    /** Adds the routes. */
    void addTo(RoutesConfig routes);
}
