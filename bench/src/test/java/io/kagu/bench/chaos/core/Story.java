package io.kagu.bench.chaos.core;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Priority;
import io.kagu.local.gpu.CallEnding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells a run as a test wants it to have gone. Times are milliseconds. */
final class Story {

    static final String POOL = "p";
    static final String GPU = "p-gpu-0";
    static final String OWNER = "owner";

    private static final long MICROS = 1_000;

    private final SortedMap<String, SentJob> acknowledged = new TreeMap<>();
    private final SortedMap<String, JobTrail> trails = new TreeMap<>();
    private final List<SeenCall> calls = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();

    Story acknowledged(String job, Priority lane) {
        acknowledged.put(job, new SentJob(job, POOL, FleetPlan.common(POOL), lane, "tenant"));
        return this;
    }

    Story queued(String job, long at) {
        return told(JobEvent.Type.JOB_QUEUED, view(job, JobStatus.QUEUED, at, List.of()));
    }

    Story started(String job, String executor, long at) {
        return told(
                JobEvent.Type.JOB_STARTED,
                view(job, JobStatus.RUNNING, at, List.of(attempt(executor, at, ""))));
    }

    /** The job's only attempt ended in this way. */
    Story attemptEnded(String job, JobEvent.Type type, JobStatus state, String ending) {
        return told(type, view(job, state, 0, List.of(attempt(OWNER, 0, ending))));
    }

    Story ended(String job, JobStatus state) {
        return told(JobEvent.Type.JOB_COMPLETED, view(job, state, 0, List.of()));
    }

    Story result(String job, int attempt) {
        trail(job).addResult(attempt, GPU, Instant.ofEpochMilli(attempt));
        return this;
    }

    Story deadLetter(String job) {
        trail(job).addDeadLetter();
        return this;
    }

    Story called(String job, int attempt, long began, long ended) {
        calls.add(
                new SeenCall(
                        job, attempt, GPU, began * MICROS, ended * MICROS, CallEnding.COMPLETED));
        return this;
    }

    Story happened(FaultKind kind, String target, long began, long ended) {
        return happened(kind, new Target(target, List.of(POOL), ""), began, ended);
    }

    Story happened(FaultKind kind, Target target, long began, long ended) {
        return happened(kind, target, began, ended, ended);
    }

    Story happened(FaultKind kind, Target target, long began, long healing, long ended) {
        incidents.add(new Incident(kind, target, began * MICROS, healing * MICROS, ended * MICROS));
        return this;
    }

    Finding judgedBy(Guarantee guarantee) {
        return guarantee.judge(evidence());
    }

    Evidence evidence() {
        return new Evidence(FleetPlan.of(List.of(POOL)), acknowledged, trails, calls, incidents);
    }

    private Story told(JobEvent.Type type, JobView view) {
        trail(view.id()).add(JobEvent.of(type, view));
        return this;
    }

    private JobTrail trail(String job) {
        return trails.computeIfAbsent(job, _ -> new JobTrail());
    }

    private static AttemptView attempt(String executor, long at, String ending) {
        Optional<String> word = Optional.of(ending).filter(text -> !text.isEmpty());
        return new AttemptView(
                1,
                GPU,
                executor,
                Instant.ofEpochMilli(at),
                word.map(_ -> Instant.ofEpochMilli(at)),
                word,
                Optional.empty());
    }

    private static JobView view(String id, JobStatus state, long at, List<AttemptView> attempts) {
        Instant time = Instant.ofEpochMilli(at);

        return new JobView(
                id,
                POOL,
                "m",
                Priority.NORMAL,
                "tenant",
                state,
                1,
                1,
                OptionalLong.of(1),
                time,
                Optional.of(time),
                attempts.isEmpty() ? Optional.empty() : Optional.of(time),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                time,
                attempts.size(),
                attempts,
                Optional.empty(),
                Optional.empty(),
                false,
                OptionalInt.empty());
    }
}
