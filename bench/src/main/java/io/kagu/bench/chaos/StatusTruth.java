package io.kagu.bench.chaos;

import io.kagu.bench.chaos.core.Evidence;
import io.kagu.bench.chaos.core.Finding;
import io.kagu.bench.chaos.core.Finding.Tally;
import io.kagu.bench.chaos.core.JobTrail;
import io.kagu.bench.service.Http;
import io.kagu.bench.service.ServiceProcess;
import io.kagu.common.codec.Json;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whoever asks the status-apis about a job is told the end that the topics tell. */
final class StatusTruth {

    private static final int ASKED = 300;
    private static final int MOST_TRIES = 40;
    private static final int NOT_KNOWN_YET = 503;
    private static final Duration AGAIN = Duration.ofMillis(250);

    private final List<ServiceProcess> statusApis;

    /** Patience ends with the first that is wrong: then the others are only counted. */
    private int triesLeft = MOST_TRIES;

    StatusTruth(List<ServiceProcess> statusApis) {
        this.statusApis = List.copyOf(statusApis);
    }

    /** Asks about jobs from all over the run, until some status-api knows. */
    Finding judge(Evidence evidence) throws InterruptedException {
        Tally tally = new Tally("status tells the truth");
        int every = Math.max(1, evidence.acknowledged().size() / ASKED);
        int number = 0;
        for (String job : evidence.acknowledged().keySet()) {
            if (number++ % every == 0) {
                judge(job, truth(evidence.trails(), job), tally);
            }
        }
        return tally.finding();
    }

    private static Set<String> truth(Map<String, JobTrail> trails, String job) {
        Set<String> words = new TreeSet<>();
        Optional.ofNullable(trails.get(job))
                .ifPresent(trail -> trail.ends().forEach(end -> words.add(end.name())));
        return words;
    }

    private void judge(String job, Set<String> truth, Tally tally) throws InterruptedException {
        tally.check();
        Set<String> told = ask(job);
        for (int tries = 1; tries < triesLeft && !told.equals(truth); tries++) {
            Thread.sleep(AGAIN);
            told = ask(job);
        }
        if (!told.equals(truth)) {
            tally.violated("%s is said to be %s, it ended as %s".formatted(job, told, truth));
            triesLeft = 1;
        }
    }

    /** What those say that know the job; a job's partition is with one of them only. */
    private Set<String> ask(String job) throws InterruptedException {
        Set<String> told = new TreeSet<>();
        for (ServiceProcess statusApi : statusApis) {
            Http.get(statusApi.address().resolve("/v1/jobs/" + job))
                    .filter(answer -> answer.statusCode() != NOT_KNOWN_YET)
                    .map(StatusTruth::state)
                    .ifPresent(told::add);
        }
        return told;
    }

    private static String state(HttpResponse<String> answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        return answer.statusCode() == 200
                ? Json.tree(body).path("state").asText()
                : "status " + answer.statusCode();
    }
}
