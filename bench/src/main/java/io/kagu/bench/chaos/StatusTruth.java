package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.Evidence;
import io.kagu.bench.chaos.core.Finding;
import io.kagu.bench.chaos.core.Finding.Tally;
import io.kagu.bench.chaos.core.JobTrail;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobStatus;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whoever asks a status-api about a job is told the end that the topics tell. */
final class StatusTruth {

    private static final int ASKED = 300;
    private static final int TRIES = 40;
    private static final Duration AGAIN = Duration.ofMillis(250);

    private final List<ServiceProcess> statusApis;

    StatusTruth(List<ServiceProcess> statusApis) {
        this.statusApis = List.copyOf(statusApis);
    }

    /** Asks every status-api about jobs from all over the run. */
    Finding judge(Evidence evidence) throws InterruptedException {
        Tally tally = new Tally("status tells the truth");
        int every = Math.max(1, evidence.acknowledged().size() / ASKED);
        int number = 0;
        for (String job : evidence.acknowledged().keySet()) {
            if (number++ % every == 0) {
                for (ServiceProcess statusApi : statusApis) {
                    judge(job, statusApi, evidence.trails(), tally);
                }
            }
        }
        return tally.finding();
    }

    private static void judge(
            String job, ServiceProcess statusApi, Map<String, JobTrail> trails, Tally tally)
            throws InterruptedException {
        tally.check();
        List<String> truth =
                Optional.ofNullable(trails.get(job)).stream()
                        .flatMap(trail -> trail.ends().stream())
                        .map(StatusTruth::word)
                        .toList();
        String told = "";
        for (int tries = 0; tries < TRIES && !truth.contains(told); tries++) {
            if (tries > 0) {
                Thread.sleep(AGAIN);
            }
            told =
                    Http.get(statusApi.address().resolve("/v1/jobs/" + job))
                            .map(StatusTruth::state)
                            .orElse("nothing");
        }
        if (!truth.contains(told)) {
            tally.violated(
                    "%s says %s of %s, which ended as %s"
                            .formatted(statusApi.name(), told, job, truth));
        }
    }

    private static String state(HttpResponse<String> answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        return answer.statusCode() == 200
                ? Json.tree(body).path("state").asText().toLowerCase(Locale.ROOT)
                : "status " + answer.statusCode();
    }

    private static String word(JobStatus state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
