package io.kagu.broker.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Which broker the tests get: as told, else a container where that works, else the embedded. */
enum ServerChoice {
    EMBEDDED,
    DOCKER,
    ANY;

    static final String KEY = "KAGU_TEST_KAFKA";

    /** The choice named by the system property or environment variable of that key. */
    static ServerChoice current() {
        String environment = Optional.ofNullable(System.getenv(KEY)).orElse("");
        return of(System.getProperty(KEY, environment));
    }

    static ServerChoice of(String word) {
        return switch (word) {
            case "" -> ANY;
            case "embedded" -> EMBEDDED;
            case "docker" -> DOCKER;
            default ->
                    throw new IllegalArgumentException(
                            KEY + " is '" + word + "', but must be embedded or docker");
        };
    }

    KafkaServer start() {
        return switch (this) {
            case EMBEDDED -> EmbeddedServer.start();
            case DOCKER -> DockerServer.start();
            case ANY -> container().orElseGet(EmbeddedServer::start);
        };
    }

    private static Optional<KafkaServer> container() {
        try {
            return engineIsLikely() && DockerServer.isAvailable()
                    ? Optional.of(DockerServer.start())
                    : Optional.empty();
        } catch (NoClassDefFoundError e) {
            // No Testcontainers on this class path.
            return Optional.empty();
        } catch (RuntimeException e) {
            System.out.println("Kafka for tests: no container, because " + e.getMessage());
            return Optional.empty();
        }
    }

    // Testcontainers' own search is slow and loud where there is nothing to find.
    private static boolean engineIsLikely() {
        String home = System.getProperty("user.home", "");
        String run = Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).orElse("/run/user");
        boolean socket =
                Stream.of(
                                "/var/run/docker.sock",
                                run + "/docker.sock",
                                home + "/.docker/run/docker.sock",
                                home + "/.docker/desktop/docker.sock",
                                home + "/.testcontainers.properties")
                        .anyMatch(path -> Files.exists(Path.of(path)));
        return socket
                || System.getenv("DOCKER_HOST") != null
                || System.getProperty("os.name", "").startsWith("Windows");
    }
}
