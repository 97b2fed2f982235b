package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Whatever is sent to the routes of Tinker clients is the caller's fault, never the server's. */
@ExtendWith(KafkaExtension.class)
class HostileTinkerCallsTest {

    private static final int CALLS = 1_000;
    private static final List<String> PATHS =
            List.of("/api/v1/asample", "/api/v1/create_sampling_session");

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "[]",
                    "{}",
                    "-1",
                    "1e400",
                    "99999999999999999999999999",
                    "0.5",
                    "\"\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "[[[]]]",
                    "[null]",
                    "{\"chunks\":[{\"tokens\":[1]}]}",
                    "{\"chunks\":[{\"tokens\":[1],\"type\":7}]}",
                    "{\"chunks\":{}}",
                    "true",
                    "\"s1.a.Yg.00000000\"",
                    "\"" + "x".repeat(3000) + "\"");

    private static final List<String> FIELDS =
            List.of(
                    "prompt",
                    "sampling_params",
                    "num_samples",
                    "sampling_session_id",
                    "seq_id",
                    "base_model",
                    "model_path",
                    "session_id",
                    "sampling_session_seq_id",
                    "prompt_logprobs",
                    "topk_prompt_logprobs",
                    "\\u0000");

    private static final List<String> BODIES =
            List.of("", "null", "[]", "7", "{", "{}}", "{\"a\":".repeat(5000), "[".repeat(60_000));

    @Test
    void noCallFailsInsideTheServer(TestKafka kafka, @TempDir Path folder) throws Exception {
        long seed = Long.getLong("kagu.hostile.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        try (RunningIngest ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(),
                        kafka.topicPrefix(),
                        Optional.of(GpuFile.in(folder)))) {
            await().atMost(Duration.ofMinutes(1)).until(ingest::ready);
            for (int i = 0; i < CALLS; i++) {
                String path = PATHS.get(random.nextInt(PATHS.size()));
                String body = body(random);

                // What is fine fills the queue in the end, of which this header makes 429.
                assertThat(ingest.post(path, body, "X-Tinker-Sampling-Backpressure", "1").status())
                        .as("seed %d: %s %.300s", seed, path, body)
                        .isLessThan(500);
            }
        }
    }

    private static String body(SplittableRandom random) {
        if (random.nextInt(5) == 0) {
            return BODIES.get(random.nextInt(BODIES.size()));
        }
        StringBuilder body =
                new StringBuilder(
                        "{\"prompt\":{\"chunks\":[{\"tokens\":[1]}]},\"sampling_params\":{},"
                                + "\"base_model\":\"tiny-4b\",\"session_id\":\"s\","
                                + "\"sampling_session_seq_id\":0");
        int changed = random.nextInt(1, 4);
        for (int i = 0; i < changed; i++) {
            body.append(",\"%s\":%s".formatted(any(FIELDS, random), any(VALUES, random)));
        }
        body.append('}');
        if (random.nextInt(4) == 0) {
            body.setCharAt(random.nextInt(body.length()), (char) random.nextInt(1, 127));
        }
        return body.toString();
    }

    private static String any(List<String> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }
}
