package io.kagu.local.stack;

import io.kagu.common.config.CommonSettings;
import io.kagu.common.config.SettingTable;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.topic.TopicConfig;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a stack is to run.
 *
 * @param dataDir folder of queue, history and logs; made if absent
 * @param port HTTP port; 0 takes a free one
 * @param kafkaPort 0 takes that of the last start if free, else any
 * @param environment settings of the services, as in a process's environment
 */
public record LocalStackConfig(
        Path dataDir, int port, int kafkaPort, GpuSource gpus, Map<String, String> environment) {

    public LocalStackConfig {
        dataDir = dataDir.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** A stack with the three simulated example GPUs on free ports. */
    public static LocalStackConfig of(Path dataDir, Map<String, String> environment) {
        return new LocalStackConfig(
                dataDir, 0, 0, new GpuSource.Simulated(SimulatedCard.examples()), environment);
    }

    public LocalStackConfig withPort(int newPort) {
        return new LocalStackConfig(dataDir, newPort, kafkaPort, gpus, environment);
    }

    /** The same with a port that is free now in place of 0: services tell each other of it. */
    LocalStackConfig withRealPort() {
        return withPort(new HttpConfig("127.0.0.1", port, 0).withRealPort().port());
    }

    public LocalStackConfig withKafkaPort(int newKafkaPort) {
        return new LocalStackConfig(dataDir, port, newKafkaPort, gpus, environment);
    }

    public LocalStackConfig withGpus(GpuSource newGpus) {
        return new LocalStackConfig(dataDir, port, kafkaPort, newGpus, environment);
    }

    /** The same with the GPUs of a registry file, if one is given. */
    public LocalStackConfig withGpus(Optional<Path> file) {
        return file.map(path -> withGpus(new GpuSource.Listed(path))).orElse(this);
    }

    /** How the topics are shaped; the limits of bodies are here. */
    public TopicConfig topics() {
        SettingTable table = CommonSettings.table();
        return CommonSettings.topics(ServiceSettings.of(table, this, "127.0.0.1:0"));
    }
}
