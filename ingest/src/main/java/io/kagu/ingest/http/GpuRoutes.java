package io.kagu.ingest.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.kagu.common.http.HttpRoutes;
import io.kagu.ingest.desk.GpuDesk;
import io.micrometer.core.instrument.Timer;

/** The routes that change registered GPUs; the status service tells what is registered. */
public final class GpuRoutes implements HttpRoutes {

    private static final String GPU = "/v1/gpus/{name}";

    private final GpuHandlers gpus;
    private final Timer timer;

    public GpuRoutes(GpuDesk desk, Timer timer) {
        this.gpus = new GpuHandlers(desk);
        this.timer = timer;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.put(GPU, byOperator(gpus::put));
        routes.delete(GPU, byOperator(gpus::delete));
        routes.post(GPU + "/drain", byOperator(gpus::drain));
        routes.post(GPU + "/resume", byOperator(gpus::resume));
    }

    /** The one place where who may change GPUs is asked: everybody who reaches the port. */
    private Handler byOperator(Handler change) {
        return ctx ->
                timer.recordCallable(() -> {
                    change.handle(ctx);
                    return ctx;
                });
    }
}
