package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.FleetPlan;
import io.kagu.bench.chaos.core.FleetPlan.PlannedGpu;
import io.kagu.bench.chaos.core.SeenCall;
import io.kagu.bench.child.Child;
import io.kagu.bench.service.Http;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The GPUs of a run, in a process of their own: how they are registered, hurt and asked. */
final class Fleet implements AutoCloseable {

    private static final long VRAM_MB = 24_576;

    /** What a call takes on a slow GPU is less. */
    private static final int CALL_TIMEOUT_SECONDS = 6;

    private final FleetPlan plan;
    private final Child child;
    private final Map<String, Address> addresses = new TreeMap<>();

    private record Address(URI endpoint, URI control) {}

    Fleet(FleetPlan plan, Path log) {
        this.plan = plan;
        this.child = Child.start(FleetProcess.class, log, plan.pools().toArray(String[]::new));
        for (String line : child.ask("gpus")) {
            String[] words = line.split(" ", -1);
            addresses.put(words[0], new Address(URI.create(words[1]), URI.create(words[2])));
        }
    }

    Registry registry() {
        return Registry.of(plan.gpus().stream().map(this::spec).toList());
    }

    private GpuSpec spec(PlannedGpu gpu) {
        return new GpuSpec(
                gpu.name(),
                address(gpu.name()).endpoint(),
                Sidecar.NONE,
                gpu.pool(),
                "simulated",
                gpu.models().stream().map(ServedModel::of).toList(),
                gpu.slots(),
                VRAM_MB,
                0,
                CALL_TIMEOUT_SECONDS,
                GpuLimits.NONE,
                Optional.empty());
    }

    private Address address(String gpu) {
        return Optional.ofNullable(addresses.get(gpu)).orElseThrow();
    }

    /**
     * Lets a GPU have these faults and no others.
     *
     * @param faults in the JSON of its control port, one object for each
     */
    void hurt(String gpu, String faults) throws InterruptedException {
        String body = "{\"faults\":[" + faults + "]}";
        HttpRequest request =
                Http.to(address(gpu).control())
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        if (Http.send(request).filter(answer -> answer.statusCode() == 200).isEmpty()) {
            throw new IllegalStateException("%s does not take faults %s".formatted(gpu, faults));
        }
    }

    void heal(String gpu) throws InterruptedException {
        hurt(gpu, "");
    }

    /** Every call that has ended. */
    List<SeenCall> calls() {
        return child.ask("calls").stream().map(FleetProcess::call).toList();
    }

    @Override
    public void close() {
        child.close();
    }
}
