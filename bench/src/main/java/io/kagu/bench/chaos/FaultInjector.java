package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.Fault;
import io.kagu.bench.chaos.core.FaultKind;
import io.kagu.bench.chaos.core.FleetPlan.PlannedGpu;
import io.kagu.bench.chaos.core.Incident;
import io.kagu.bench.chaos.core.Target;
import io.kagu.bench.pipeline.WallClock;
import io.kagu.bench.service.ServiceProcess;
import io.kagu.broker.BrokerCluster;

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

    /** A part of a fault. */
    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    /** What hurts, as long as it lasts, and what makes whole again. */
    private record Harm(Step hurt, Step heal) {

        /** Nothing is left to be made whole. */
        static Harm passing(Step hurt) {
            return new Harm(hurt, () -> {});
        }

        static Harm lasting(FaultKind kind, Step hurt, Step heal) {
            return new Harm(
                    () -> {
                        hurt.run();
                        Thread.sleep(time(kind));
                    },
                    heal);
        }
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
                            Harm.passing(() -> input.happen(fault.kind(), fault.draw())));
        };
    }

    private Incident dispatcher(Fault fault) throws InterruptedException {
        FaultKind kind = fault.kind();
        int number = owners.ownerFrom(fault.draw());
        ServiceProcess replica = stack.dispatchers().get(number);
        NetworkLink link = stack.link(number);
        Target target =
                new Target(replica.name(), owners.poolsOf(number), owners.incarnationOf(number));
        return incident(
                kind,
                target,
                switch (kind) {
                    case KILL_DISPATCHER -> Harm.lasting(kind, replica::kill, replica::restart);
                    case STOP_DISPATCHER -> Harm.lasting(kind, replica::stop, replica::restart);
                    case FREEZE_DISPATCHER -> frozen(kind, replica.pid());
                    case CUT_DISPATCHER -> Harm.lasting(kind, link::cut, link::heal);
                    default -> throw new IllegalArgumentException(kind.word());
                });
    }

    private Incident broker(Fault fault) throws InterruptedException {
        FaultKind kind = fault.kind();
        BrokerCluster brokers = stack.brokers();
        int node = fault.draw() % brokers.size();
        return incident(
                kind,
                Target.named("broker-" + node),
                switch (kind) {
                    case KILL_BROKER ->
                            Harm.lasting(
                                    kind, () -> brokers.kill(node), () -> brokers.restart(node));
                    case RESTART_BROKER ->
                            Harm.lasting(
                                    kind, () -> brokers.stop(node), () -> brokers.restart(node));
                    case FREEZE_BROKER -> frozen(kind, brokers.pid(node));
                    default -> throw new IllegalArgumentException(kind.word());
                });
    }

    private static Harm frozen(FaultKind kind, long pid) {
        return Harm.passing(() -> Freeze.of(pid, time(kind)));
    }

    private Incident gpu(Fault fault) throws InterruptedException {
        FaultKind kind = fault.kind();
        Fleet fleet = stack.fleet();
        List<PlannedGpu> gpus = stack.plan().gpus();
        String gpu = gpus.get(fault.draw() % gpus.size()).name();
        return incident(
                kind,
                Target.named(gpu),
                Harm.lasting(kind, () -> fleet.hurt(gpu, json(kind)), () -> fleet.heal(gpu)));
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
                kind,
                Target.named(service.name()),
                Harm.lasting(kind, service::kill, service::restart));
    }

    private static Incident incident(FaultKind kind, Target target, Harm harm)
            throws InterruptedException {
        long began = WallClock.micros();
        harm.hurt().run();
        long healing = WallClock.micros();
        harm.heal().run();
        return new Incident(kind, target, began, healing, WallClock.micros());
    }

    private static Duration time(FaultKind kind) {
        return Duration.ofSeconds(kind.seconds());
    }
}
