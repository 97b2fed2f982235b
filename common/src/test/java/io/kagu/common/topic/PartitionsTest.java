package io.kagu.common.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

final class PartitionsTest {

    @Test
    void aKeyIsWhereAProducerPutsIt() {
        assertThat(IntStream.range(0, 200).mapToObj(number -> "pool-ä-" + number))
                .allSatisfy(key -> {
                    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
                    assertThat(Partitions.of(key, 7))
                            .isEqualTo(BuiltInPartitioner.partitionForKey(bytes, 7));
                });
    }
}
