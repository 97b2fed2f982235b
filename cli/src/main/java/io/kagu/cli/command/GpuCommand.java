package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.StopSignal;
import io.kagu.local.gpu.ListenAddress;
import io.kagu.local.gpu.SimulatedGpu;
import io.kagu.local.gpu.SimulatedGpuConfig;
import io.kagu.local.stack.SimulatedCard;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One simulated GPU with its sidecar, until Ctrl-C. */
@Command(
        name = "gpu",
        description =
                "Run one simulated GPU with its sidecar until Ctrl-C: an OpenAI-compatible"
                        + " server that invents its answers.")
public final class GpuCommand implements Callable<Integer> {

    @Option(
            names = "--name",
            defaultValue = "gpu-large",
            description =
                    "its name (${DEFAULT-VALUE}); gpu-large, gpu-coder and gpu-small are set"
                            + " up as those of kagu local unless other options say otherwise")
    private String name = "";

    @Option(names = "--model", description = "a model it serves; may be repeated")
    private List<String> models = List.of();

    @Option(names = "--slots", description = "calls it computes at once (1)")
    private Optional<Integer> slots = Optional.empty();

    @Option(names = "--vram-mb", description = "memory of its card in MiB (24576)")
    private Optional<Long> vramMb = Optional.empty();

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "address to listen on (${DEFAULT-VALUE})")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "8000",
            description = "port of the server; 0 takes a free one (${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--sidecar-port",
            defaultValue = "8090",
            description = "port of the sidecar; 0 takes a free one (${DEFAULT-VALUE})")
    private int sidecarPort;

    @Option(
            names = "--instant",
            description = "answer at once with a constant body, as for benchmarks")
    private boolean instant;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = StopSignal.ofProcess();
        try (SimulatedGpu gpu = start()) {
            System.out.printf(
                    "GPU %s serves %s at %s, sidecar at %s%n",
                    name,
                    String.join(", ", gpu.config().models()),
                    gpu.endpoint(),
                    gpu.sidecarUrl());
            stop.await();
        } finally {
            stop.finished(ExitCodes.OK);
        }
        return ExitCodes.OK;
    }

    private SimulatedGpu start() {
        try {
            return SimulatedGpu.start(config());
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
        } catch (IllegalStateException e) {
            throw new CliException(ExitCodes.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private SimulatedGpuConfig config() {
        SimulatedGpuConfig config = base();
        return config.withSlots(slots.orElse(config.slots()))
                .withVramTotalMb(vramMb.orElse(config.vramTotalMb()))
                .withListen(new ListenAddress(host, port, sidecarPort));
    }

    private SimulatedGpuConfig base() {
        String[] names = models.toArray(new String[0]);
        if (models.isEmpty()) {
            return SimulatedCard.examples().stream()
                    .map(SimulatedCard::config)
                    .filter(example -> example.name().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new CliException(ExitCodes.USAGE, "say with --model what it serves"));
        }
        return instant
                ? SimulatedGpuConfig.instant(name, names)
                : SimulatedGpuConfig.of(name, names);
    }
}
