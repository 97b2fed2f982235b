package io.kagu.broker.junit;

import io.kagu.broker.BrokerProperties;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A broker in a container, set up to behave as the embedded one. */
final class DockerServer implements KafkaServer {

    private static final String IMAGE = "apache/kafka";
    private static final String VERSION = "4.3.1";

    private final KafkaContainer container;

    private DockerServer(KafkaContainer container) {
        this.container = container;
    }

    static boolean isAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static DockerServer start() {
        String image = System.getProperty("kagu.test.kafka.image", IMAGE + ":" + VERSION);
        var container =
                new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(IMAGE));
        container.withEnv(environment(BrokerProperties.shared()));
        container.start();
        return new DockerServer(container);
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public String description() {
        return "container of " + container.getDockerImageName();
    }

    @Override
    public void close() {
        container.stop();
    }

    // The image's convention: KAFKA_, then the key in capitals with underscores for dots.
    private static Map<String, String> environment(Map<String, String> settings) {
        return settings.entrySet().stream()
                .collect(Collectors.toMap(s -> variable(s.getKey()), Map.Entry::getValue));
    }

    private static String variable(String key) {
        return "KAFKA_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
