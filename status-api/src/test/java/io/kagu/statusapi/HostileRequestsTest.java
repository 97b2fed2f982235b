package io.kagu.statusapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.contract.RawAnswer;
import io.kagu.contract.RawCaller;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Whatever is sent, the answer is the caller's fault and never ours, and as described. Two
 * replicas, so hops too.
 */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {

    private static final int REQUESTS = 1_500;
    private static final long SEED = Long.getLong("kagu.seed", 20_260_102L);

    private static final List<String> METHODS =
            List.of(
                    "GET",
                    "GET",
                    "GET",
                    "DELETE",
                    "POST",
                    "PUT",
                    "HEAD",
                    "PATCH",
                    "G\u00cbT",
                    "get");

    private static final List<String> PATHS =
            List.of(
                    "/v1/jobs",
                    "/v1/jobs/%s",
                    "/v1/jobs/%s/result",
                    "/v1/jobs/%s/events",
                    "/v1/dlq",
                    "/v1/dlq/%s",
                    "/v1/dlq/%s/body",
                    "/v1/dlq/%s/requeue",
                    "/v1/gpus/%s",
                    "/v1/queue/%s/pause",
                    "/v1/consumers/%s",
                    "/api/v1/retrieve_future",
                    "/v1/%s",
                    "/%s");

    private static final List<String> WORDS =
            List.of(
                    "job-1",
                    "..",
                    "%2e%2e%2f",
                    "%00",
                    "%ff%fe",
                    "%",
                    "%zz",
                    "a%20b",
                    "%0d%0aSet-Cookie:x",
                    "{id}",
                    "<script>",
                    "-1",
                    "99999999999999999999",
                    "' OR 1=1",
                    "\u00fc\u4e2d",
                    ";jsessionid=1",
                    "//",
                    "\\",
                    "x".repeat(300),
                    "AAAAAAAAAAD_",
                    "__________9qb2I");

    private static final List<String> PARAMETERS =
            List.of("state", "model", "since", "limit", "cursor", "wait", "priority", "class", "x");

    private static final List<String> HEADERS =
            List.of(
                    "If-None-Match",
                    "Last-Event-ID",
                    "X-Kagu-Forwarded",
                    "Cookie",
                    "Accept",
                    "Content-Type",
                    "Expect",
                    "Range");

    @TempDir static Path dirs;

    private StatusUnderTest first;
    private StatusReplica second;

    @BeforeAll
    void start(TestKafka kafka) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        first = StatusUnderTest.on(kafka, dirs.resolve("first"));
        second = first.another(dirs.resolve("second"), 0);
        Awaitility.await()
                .until(() -> first.get("/v1/jobs").body().contains("\"incomplete\":false"));
    }

    @AfterAll
    void stop() {
        second.close();
        first.close();
    }

    @Test
    void noRequestIsAnsweredWithAFaultOfOurs() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < REQUESTS; i++) {
            String request = request(random);
            RawAnswer answer = new RawCaller(first.replica().port()).call(request);

            assertThat(Integer.toString(answer.status()))
                    .as("seed %d, request %d:%n%s", SEED, i, request)
                    .matches(allowed(request));
            assertThat(answer.text()).doesNotContain("at io.kagu", "at java.base", "Exception");
        }
    }

    /** Who says that a replica asks is told 503 for what this one has not. */
    private static String allowed(String request) {
        return request.contains("X-Kagu-Forwarded") ? "[234]\\d\\d|503" : "[234]\\d\\d";
    }

    private static String request(Random random) {
        StringBuilder text = new StringBuilder();
        text.append(any(METHODS, random)).append(' ');
        text.append(any(PATHS, random).replace("%s", any(WORDS, random)));
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(text.indexOf("?") < 0 ? '?' : '&')
                    .append(any(PARAMETERS, random))
                    .append('=')
                    .append(any(WORDS, random));
        }
        text.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(any(HEADERS, random))
                    .append(": ")
                    .append(any(WORDS, random))
                    .append("\r\n");
        }
        String body = random.nextInt(4) == 0 ? any(WORDS, random) : "";
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
