package io.kagu.common.kafka;

import java.util.Map;

/**
 * How to reach the brokers.
 *
 * @param bootstrap {@code host:port}, comma-separated
 * @param extra further client properties, such as those for TLS and SASL
 */
public record KafkaConfig(String bootstrap, Map<String, String> extra) {

    public KafkaConfig {
        extra = Map.copyOf(extra);
    }

    /** Brokers without further client properties. */
    public static KafkaConfig of(String bootstrap) {
        return new KafkaConfig(bootstrap, Map.of());
    }
}
