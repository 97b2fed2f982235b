package io.kagu.cli.command;

import io.kagu.local.stack.LocalStackConfig;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/** The options of the embedded stack. */
final class StackOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of queue, history and logs (default: kagu-data/COMMAND)")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--gpus",
            paramLabel = "FILE",
            description = "GPU servers to call, as YAML (default: three simulated GPUs)")
    private Optional<Path> gpus = Optional.empty();

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "port of the embedded Kafka (default: that of the last start, or a free)")
    private int kafkaPort;

    boolean given() {
        return data.isPresent() || gpus.isPresent() || kafkaPort != 0;
    }

    Path dataDir(String command) {
        return data.orElse(Path.of("kagu-data", command));
    }

    LocalStackConfig config(String command, int port) {
        return LocalStackConfig.of(dataDir(command), System.getenv())
                .withPort(port)
                .withKafkaPort(kafkaPort)
                .withGpus(gpus);
    }
}
