package io.kagu.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.contract.RawAnswer;
import io.kagu.contract.RawCaller;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Whatever is sent, the answer is the caller's fault and never ours, and as described. */
@ExtendWith(KafkaExtension.class)
class HostileRequestsTest {

    private static final int REQUESTS = 1_500;
    private static final long SEED = Long.getLong("kagu.seed", 20_260_301L);

    private static final List<String> METHODS =
            List.of("POST", "POST", "POST", "POST", "GET", "PUT", "DELETE", "HEAD", "P\u00d6ST");

    private static final List<String> PATHS =
            List.of(
                    "/v1/jobs",
                    "/v1/jobs",
                    "/v1/jobs:batch",
                    "/v1/jobs:%s",
                    "/enqueue",
                    "/api/queue/jobs",
                    "/v1/gpus/%s",
                    "/v1/gpus/%s/drain",
                    "/v1/gpus/%s?force=%s",
                    "/health/%s",
                    "/%s");

    private static final List<String> HEADERS =
            List.of(
                    "X-Kagu-Id",
                    "X-Kagu-Model",
                    "X-Kagu-Priority",
                    "X-Kagu-Tenant",
                    "X-Kagu-Path",
                    "X-Kagu-Deadline",
                    "X-Kagu-Max-Attempts",
                    "X-Kagu-Tokens",
                    "X-Kagu-Callback",
                    "X-Kagu-Affinity",
                    "X-Kagu-None",
                    "X-Syslog-Model",
                    "X-Syslog-Priority",
                    "Idempotency-Key",
                    "Content-Type",
                    "Content-Encoding",
                    "Expect",
                    "Cookie");

    private static final List<String> WORDS =
            List.of(
                    "tiny-4b",
                    "high",
                    "2099-01-01T00:00:00Z",
                    "10",
                    "-1",
                    "99999999999999999999",
                    "",
                    "..",
                    "%2e%2e%2f",
                    "%00",
                    "%zz",
                    "a b",
                    "application/json",
                    "application/json;charset=nope",
                    "application/vnd.kagu.job+json",
                    "text/plain",
                    "gzip",
                    "http://[",
                    "<script>",
                    "\u00fc\u4e2d",
                    "x".repeat(300));

    private static final List<String> BODIES =
            List.of(
                    "",
                    " ",
                    "null",
                    "[]",
                    "7",
                    "{",
                    "{\"model\":\"tiny-4b\"}",
                    "{\"model\":7}",
                    "{\"model\":\"tiny-4b\",\"model\":\"none\"}",
                    "{\"payload\":{\"model\":\"tiny-4b\"}}",
                    "{\"payload\":{\"model\":\"tiny-4b\"},\"payload_text\":\"x\"}",
                    "{\"payload_base64\":\"%%%\"}",
                    "{\"payload\":1,\"priority\":\"urgent\"}",
                    "{\"payload\":1,\"none\":1}",
                    "{\"model\":\"tiny-4b\",\"payload\":1}\n\n{\n\u0000\n{\"payload\":null}",
                    "{\"endpoint\":\"http://h\",\"models\":[null]}",
                    "{\"endpoint\":7,\"models\":\"tiny-4b\"}",
                    "{\"a\":".repeat(3_000),
                    "[".repeat(70_000),
                    "\n".repeat(50),
                    "{\"model\":\"tiny-4b\",\"payload\":1}\n".repeat(30));

    @Test
    void noRequestIsAnsweredWithAFaultOfOurs(TestKafka kafka, @TempDir Path folder)
            throws Exception {
        Random random = new Random(SEED);
        Path gpus = GpuFile.in(folder);
        try (RunningIngest ingest =
                RunningIngest.start(
                        kafka.bootstrapServers(), kafka.topicPrefix(), Optional.of(gpus))) {
            await().atMost(Duration.ofMinutes(1)).until(ingest::ready);
            RawCaller caller = new RawCaller(ingest.port());
            for (int i = 0; i < REQUESTS; i++) {
                hold(caller, request(random), i);
            }
        }
    }

    /** A pool that is full by now says 503, which is as described. */
    private static void hold(RawCaller caller, String request, int number) throws IOException {
        RawAnswer answer = caller.call(request);

        assertThat(answer.status())
                .as("seed %d, request %d:%n%.2000s%n%s", SEED, number, request, answer.text())
                .matches(status -> status < 500 || status == 503);
        assertThat(answer.text()).doesNotContain("at io.kagu", "at java.base", "Exception");
    }

    private static String request(Random random) {
        StringBuilder text = new StringBuilder();
        text.append(any(METHODS, random))
                .append(' ')
                .append(any(PATHS, random).replace("%s", any(WORDS, random)))
                .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(any(HEADERS, random))
                    .append(": ")
                    .append(any(WORDS, random))
                    .append("\r\n");
        }
        String body = any(BODIES, random);
        return text.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    private static String any(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
