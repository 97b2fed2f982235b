package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Whatever is sent to the routes of GPUs is the caller's fault, never the server's. */
@ExtendWith(KafkaExtension.class)
class HostileGpuCallsTest {

    private static final int CALLS = 600;
    private static final List<String> METHODS = List.of("PUT", "POST", "DELETE", "PATCH", "FOO");
    private static final List<String> TAILS =
            List.of("", "/drain", "/resume", "/drain/x", "?force=1", "?force=true&force=x", "//");
    private static final List<String> BODIES =
            List.of(
                    "",
                    "null",
                    "[]",
                    "7",
                    "{",
                    "{\"endpoint\":null,\"models\":null}",
                    "{\"endpoint\":\"http://h\",\"models\":[null]}",
                    "{\"endpoint\":\"http://h\",\"models\":[{\"name\":null}]}",
                    "{\"endpoint\":\"http://[\",\"models\":[\"m\"]}",
                    "{\"endpoint\":7,\"models\":\"m\"}",
                    "{\"endpoint\":\"http://h\",\"models\":[\"m\"],\"slots\":1.5}",
                    "{\"endpoint\":\"http://h\",\"models\":[\"m\"],\"slots\":99999999999}",
                    "{\"endpoint\":\"http://h\",\"models\":[\"m\"],\"sidecar\":{\"kind\":\"tea\"}}",
                    "{\"endpoint\":\"http://h\",\"models\":[\"m\"],\"limits\":[]}",
                    "{\"endpoint\":\"http://h\",\"models\":[{\"name\":\"m\",\"aliases\":[null]}]}",
                    "{\"name\":{},\"endpoint\":\"http://h\",\"models\":[\"m\"]}",
                    "{\"a\":".repeat(5000),
                    "[".repeat(100_000));

    @Test
    void noCallFailsInsideTheServer(TestKafka kafka) throws Exception {
        long seed = Long.getLong("kagu.hostile.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        try (RunningIngest ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(), kafka.topicPrefix(), Optional.empty())) {
            await().atMost(Duration.ofMinutes(1)).until(ingest::ready);
            for (int i = 0; i < CALLS; i++) {
                String method = METHODS.get(random.nextInt(METHODS.size()));
                String path = "/v1/gpus/" + name(random) + TAILS.get(random.nextInt(TAILS.size()));
                String body = body(random);

                assertThat(ingest.send(method, path, body).status())
                        .as("seed %d: %s %s %.200s", seed, method, path, body)
                        .isBetween(400, 499);
            }
            assertThat(ingest.records(ingest.topics.registry())).isEmpty();
        }
    }

    private static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        int length = random.nextInt(1, random.nextInt(10) == 0 ? 300 : 8);
        for (int i = 0; i < length; i++) {
            name.append((char) random.nextInt(32, random.nextInt(4) == 0 ? 0xD7FF : 127));
        }
        return URLEncoder.encode(name.toString(), StandardCharsets.UTF_8);
    }

    private static String body(SplittableRandom random) {
        if (random.nextBoolean()) {
            return BODIES.get(random.nextInt(BODIES.size()));
        }
        String good = "{\"endpoint\":\"http://h\",\"models\":[\"m\"],\"slots\":-99999}";
        int at = random.nextInt(good.length());
        return good.substring(0, at) + (char) random.nextInt(1, 127) + good.substring(at + 1);
    }
}
