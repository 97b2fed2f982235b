package io.kagu.local.stack;

import io.kagu.broker.EmbeddedBroker;
import io.kagu.common.gpu.Registry;
import io.kagu.local.gpu.SimulatedGpu;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The whole system on this machine: Kafka in a child process, GPUs, ingest, dispatcher and
 * status-api in this one, on one HTTP port.
 */
public final class LocalStack implements AutoCloseable {

    private final Path dataDir;
    private final Parts parts;
    private final EmbeddedBroker broker;
    private final GpuSet gpus;
    private final int httpPort;

    LocalStack(Path dataDir, Parts parts, EmbeddedBroker broker, GpuSet gpus, int httpPort) {
        this.dataDir = dataDir;
        this.parts = parts;
        this.broker = broker;
        this.gpus = gpus;
        this.httpPort = httpPort;
    }

    /**
     * Starts everything and returns once jobs are taken.
     *
     * @throws StackException and the parts' own exceptions if it cannot, each with a message that
     *     says what to do; then nothing is left running
     */
    public static LocalStack start(LocalStackConfig config) {
        return new StackStart(config).run();
    }

    /** The port of all HTTP routes, on 127.0.0.1. */
    public int httpPort() {
        return httpPort;
    }

    /** Where Kafka is. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Where queue, history and logs are. */
    public Path dataDir() {
        return dataDir;
    }

    /** All GPUs as they are registered. */
    public Registry registry() {
        return gpus.registry();
    }

    /** The simulated GPUs; none if the GPUs are listed in a file. */
    public List<SimulatedGpu> gpus() {
        return gpus.simulated();
    }

    /** What made the stack useless; empty while it works. */
    public Optional<String> failure() {
        if (broker.isAlive()) {
            return Optional.empty();
        }
        String errors = broker.onExit().join().lastErrors();
        return Optional.of("Kafka has ended by itself" + (errors.isEmpty() ? "" : ": " + errors));
    }

    /** Ends everything in order; queue and history stay in the data folder. */
    @Override
    public void close() {
        parts.close();
    }
}
