package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.Fault;
import io.kagu.bench.chaos.core.FaultKind;
import io.kagu.bench.chaos.core.FleetPlan.PlannedGpu;
import io.kagu.bench.chaos.core.Incident;
import io.kagu.bench.chaos.core.Target;
import io.kagu.bench.pipeline.WallClock;
import io.kagu.bench.service.ServiceProcess;

import java.time.Duration;
import java.util.List;

/** Does one fault: begins it, lets it last, and makes whole again what it hit. */
final class FaultInjector {

    private final ChaosStack stack;
    private final Owners owners;
    private final InputFaults input;

    FaultInjector(ChaosStack stack, InputFaults input) {
        this.stack = stack;
        this.owners = new Owners(stack.plan(), stack.dispatchers());
        this.input = input;
    }

    /** Something that can be ended. */
    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    /** Returns when the fault is over and what it hit is itself again. */
    Incident happen(Fault fault) throws InterruptedException {
        return switch (fault.kind().victim()) {
            case DISPATCHER -> dispatcher(fault);
            case BROKER -> broker(fault);
            case GPU -> gpu(fault);
            case STATUS_API -> {
                List<ServiceProcess> all = stack.statusApis();
                yield killed(fault.kind(), all.get(fault.draw() % all.size()));
            }
            case INGEST -> killed(fault.kind(), stack.ingest());
            case INPUT ->
                    incident(
                            fault.kind(),
                            Target.named("topics"),
                            () -> input.happen(fault.kind(), fault.draw()));
        };
    }

    private Incident dispatcher(Fault fault) throws InterruptedException {
        FaultKind kind = fault.kind();
        int number = owners.ownerFrom(fault.draw());
        ServiceProcess replica = stack.dispatchers().get(number);
        Target target =
                new Target(replica.name(), owners.poolsOf(number), owners.incarnationOf(number));
        return incident(
                kind,
                target,
                () -> {
                    switch (kind) {
                        case KILL_DISPATCHER -> away(replica, replica::kill, kind);
                        case STOP_DISPATCHER -> away(replica, replica::stop, kind);
                        case FREEZE_DISPATCHER -> Freeze.of(replica.pid(), time(kind));
                        case CUT_DISPATCHER -> cut(stack.link(number), kind);
                        default -> throw new IllegalArgumentException(kind.word());
                    }
                });
    }

    private static void away(ServiceProcess service, Step end, FaultKind kind)
            throws InterruptedException {
        end.run();
        Thread.sleep(time(kind));
        service.restart();
    }

    private static void cut(NetworkLink link, FaultKind kind) throws InterruptedException {
        link.cut();
        try {
            Thread.sleep(time(kind));
        } finally {
            link.heal();
        }
    }

    private Incident broker(Fault fault) throws InterruptedException {
        FaultKind kind = fault.kind();
        int node = fault.draw() % stack.brokers().size();
        return incident(
                kind,
                Target.named("broker-" + node),
                () -> {
                    switch (kind) {
                        case KILL_BROKER -> back(node, () -> stack.brokers().kill(node), kind);
                        case RESTART_BROKER -> back(node, () -> stack.brokers().stop(node), kind);
                        case FREEZE_BROKER -> Freeze.of(stack.brokers().pid(node), time(kind));
                        default -> throw new IllegalArgumentException(kind.word());
                    }
                });
    }

    private void back(int node, Step end, FaultKind kind) throws InterruptedException {
        end.run();
        Thread.sleep(time(kind));
        stack.brokers().restart(node);
    }

    private Incident gpu(Fault fault) throws InterruptedException {
        List<PlannedGpu> gpus = stack.plan().gpus();
        String gpu = gpus.get(fault.draw() % gpus.size()).name();
        return incident(
                fault.kind(),
                Target.named(gpu),
                () -> {
                    stack.fleet().hurt(gpu, json(fault.kind()));
                    try {
                        Thread.sleep(time(fault.kind()));
                    } finally {
                        stack.fleet().heal(gpu);
                    }
                });
    }

    private static String json(FaultKind kind) {
        return switch (kind) {
            case GPU_FAILS -> "{\"kind\":\"status\",\"status\":500,\"probability\":0.5}";
            case GPU_OVERLOADED -> "{\"kind\":\"too-many-requests\",\"retryAfterSeconds\":1}";
            case GPU_HANGS -> "{\"kind\":\"hang\",\"probability\":0.5}";
            case GPU_DISCONNECTS -> "{\"kind\":\"drop-connection\",\"probability\":0.5}";
            case GPU_SLOW -> "{\"kind\":\"slow\",\"factor\":8}";
            case GPU_DIES -> "{\"kind\":\"die\"}";
            default -> throw new IllegalArgumentException(kind.word());
        };
    }

    private static Incident killed(FaultKind kind, ServiceProcess service)
            throws InterruptedException {
        return incident(
                kind, Target.named(service.name()), () -> away(service, service::kill, kind));
    }

    private static Incident incident(FaultKind kind, Target target, Step step)
            throws InterruptedException {
        long began = WallClock.micros();
        step.run();
        return new Incident(kind, target, began, WallClock.micros());
    }

    private static Duration time(FaultKind kind) {
        return Duration.ofSeconds(kind.seconds());
    }
}
