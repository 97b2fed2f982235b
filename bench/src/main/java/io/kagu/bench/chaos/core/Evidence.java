package io.kagu.bench.chaos.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that was seen of a run.
 *
 * @param acknowledged jobs that Kafka or ingest acknowledged, by id
 * @param trails what the topics told, by job id
 * @param calls by the GPUs' own logs, in the order of their beginning
 */
public record Evidence(
        FleetPlan fleet,
        SortedMap<String, SentJob> acknowledged,
        SortedMap<String, JobTrail> trails,
        List<SeenCall> calls,
        List<Incident> incidents) {

    public Evidence {
        acknowledged = new TreeMap<>(acknowledged);
        trails = new TreeMap<>(trails);
        calls = calls.stream().sorted(Comparator.comparingLong(SeenCall::began)).toList();
        incidents = List.copyOf(incidents);
    }

    /** What was seen of the jobs whose ids begin so, and of all faults. */
    public Evidence of(String prefix) {
        return new Evidence(
                fleet,
                acknowledged.subMap(prefix, prefix + Character.MAX_VALUE),
                trails.subMap(prefix, prefix + Character.MAX_VALUE),
                calls.stream().filter(call -> call.job().startsWith(prefix)).toList(),
                incidents);
    }

    Optional<JobTrail> trail(String job) {
        return Optional.ofNullable(trails.get(job));
    }
}
