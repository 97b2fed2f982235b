package io.kagu.local.gpu;

/**
 * A GPU that does not exist: a real OpenAI-compatible HTTP server with slots and service times, a
 * sidecar on a port of its own, faults that can be switched on, and a log of the calls it received.
 */
public final class SimulatedGpu implements AutoCloseable {

    private final SimulatedGpuConfig config;
    private final GpuParts parts;
    private final HttpFace inference;
    private final HttpFace sidecar;

    private SimulatedGpu(SimulatedGpuConfig config) {
        this.config = config;
        var listen = config.listen();
        var door = new FrontDoor(listen.host(), listen.port());
        this.parts = parts(config, door);
        var server = new InferenceServer(config, parts, door);
        this.inference = HttpFace.start(listen.host(), door, server::addTo);
        try {
            this.sidecar =
                    HttpFace.start(
                            listen.host(),
                            new FrontDoor(listen.host(), listen.sidecarPort()),
                            new SidecarServer(parts)::addTo);
        } catch (IllegalStateException e) {
            inference.close();
            throw e;
        }
    }

    /**
     * Starts one; both ports answer when this returns.
     *
     * @throws IllegalStateException if a port cannot be had; the message names it
     */
    public static SimulatedGpu start(SimulatedGpuConfig config) {
        return new SimulatedGpu(config);
    }

    public SimulatedGpuConfig config() {
        return config;
    }

    /** Base of the inference routes, for example {@code http://127.0.0.1:8000}. */
    public String endpoint() {
        return inference.url();
    }

    /** Where the sidecar reports, for example {@code http://127.0.0.1:8090/health}. */
    public String sidecarUrl() {
        return sidecar.url() + "/health";
    }

    /** Where faults are shown (GET) and replaced (PUT) over HTTP. */
    public String controlUrl() {
        return sidecar.url() + "/control/faults";
    }

    public Faults faults() {
        return parts.faults();
    }

    public CallLog callLog() {
        return parts.log();
    }

    /** Ends at once: calls under way are cut off. */
    @Override
    public void close() {
        inference.close();
        sidecar.close();
    }

    private static GpuParts parts(SimulatedGpuConfig config, FrontDoor door) {
        var model = new SidecarModel(config.slots(), config.vramTotalMb(), System::nanoTime);
        return new GpuParts(
                new Faults(config.seed(), (refuse, die) -> switchServer(door, model, refuse, die)),
                new CallLog(config.callLogLimit(), config.slots()),
                new EngineQueue(config.slots(), model::loadChanged),
                model,
                new MetricsText(config),
                new ClientWatch());
    }

    private static void switchServer(
            FrontDoor door, SidecarModel model, boolean refuse, boolean die) {
        model.engineUp(!die);
        if (die) {
            door.become(FrontDoor.State.DEAD);
        } else {
            door.become(refuse ? FrontDoor.State.REFUSING : FrontDoor.State.OPEN);
        }
    }
}
