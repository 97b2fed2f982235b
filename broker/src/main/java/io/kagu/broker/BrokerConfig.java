package io.kagu.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one embedded broker is to run; it listens on loopback only.
 *
 * @param dataDir folder that keeps the broker's data, log and remembered port; made if absent
 * @param port port for clients; 0 takes the port of the last start if still free, else a free one
 * @param heapMb largest heap of the child JVM, in MiB
 * @param peakSpeed whether the child JVM may use its optimizing compiler, which pays off after
 *     minutes under load; without it a broker starts with less work, as short-lived ones should
 * @param properties further broker properties, which win over the built-in ones
 */
public record BrokerConfig(
        Path dataDir, int port, int heapMb, boolean peakSpeed, Map<String, String> properties) {

    private static final int DEFAULT_HEAP_MB = 256;
    private static final int LEAST_HEAP_MB = 128;
    private static final int LARGEST_PORT = 65_535;

    public BrokerConfig {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("port " + port + " is not in 0.." + LARGEST_PORT);
        }
        if (heapMb < LEAST_HEAP_MB) {
            throw new IllegalArgumentException(
                    "heap of " + heapMb + " MiB is below the least of " + LEAST_HEAP_MB);
        }
        dataDir = dataDir.toAbsolutePath().normalize();
        properties = Map.copyOf(properties);
    }

    /** A broker with its data in the given folder, on a free port, with the default heap. */
    public static BrokerConfig in(Path dataDir) {
        return new BrokerConfig(dataDir, 0, DEFAULT_HEAP_MB, false, Map.of());
    }

    public BrokerConfig withPort(int newPort) {
        return new BrokerConfig(dataDir, newPort, heapMb, peakSpeed, properties);
    }

    public BrokerConfig withHeapMb(int newHeapMb) {
        return new BrokerConfig(dataDir, port, newHeapMb, peakSpeed, properties);
    }

    public BrokerConfig withPeakSpeed() {
        return new BrokerConfig(dataDir, port, heapMb, true, properties);
    }

    public BrokerConfig withProperty(String key, String value) {
        var more = new LinkedHashMap<>(properties);
        more.put(key, value);
        return new BrokerConfig(dataDir, port, heapMb, peakSpeed, more);
    }
}
