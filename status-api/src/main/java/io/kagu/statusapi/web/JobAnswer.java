package io.kagu.statusapi.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.WaitReason;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.JobStanding;
import io.kagu.statusapi.core.Pending;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A job as {@code GET /v1/jobs/{id}} tells it: its view, and while it is live its place.
 *
 * @param estimatedWaitSeconds in half of the cases no longer than this
 * @param estimatedWaitP90Seconds in nine of ten cases no longer than this
 * @param queueStateReason why it is not done, for people
 * @param waitReasons why it waits, as its pool's owner says
 * @param exact whether place and wait are the owner's word; absent once the job has ended
 * @param inexactBecause why they are not
 * @param queueAsOf when the pool's owner said what the place is told from
 * @param asOf when the view was true
 * @param stale whether it may have changed since
 */
record JobAnswer(
        @JsonUnwrapped JobView view,
        OptionalLong queuePosition,
        OptionalLong queueDepth,
        @JsonProperty("estimated_wait_s") OptionalDouble estimatedWaitSeconds,
        @JsonProperty("estimated_wait_p90_s") OptionalDouble estimatedWaitP90Seconds,
        Optional<String> queueStateReason,
        Optional<List<WaitReason>> waitReasons,
        Optional<Boolean> exact,
        Optional<Inexact> inexactBecause,
        Optional<Instant> queueAsOf,
        Instant asOf,
        boolean stale,
        Map<String, String> links) {

    static JobAnswer of(JobView job, JobStanding standing, Pending pending, Freshness freshness) {
        boolean live = !job.state().terminal();
        return new JobAnswer(
                job,
                pending.queuePosition(),
                pending.queueDepth(),
                pending.estimatedWaitSeconds(),
                pending.estimatedWaitP90Seconds(),
                live ? Optional.of(pending.queueStateReason()) : Optional.empty(),
                live && standing.exact() ? Optional.of(standing.reasons()) : Optional.empty(),
                live ? Optional.of(standing.exact()) : Optional.empty(),
                standing.inexact(),
                standing.asOf(),
                freshness.asOf(),
                freshness.stale(),
                links(job.id(), job.state().terminal()));
    }

    static Map<String, String> links(String id, boolean ended) {
        String self = "/v1/jobs/" + id;
        Map<String, String> links = new TreeMap<>();
        links.put("self", self);
        links.put("result", self + "/result");
        if (!ended) {
            links.put("cancel", self);
        }
        return links;
    }

    /** Changes with the view and with the place; weak, for the times in the answer move always. */
    String etag() {
        return etag(view.run(), view.version(), view.state(), queuePosition, queueDepth);
    }

    /** The same of a job that has ended. */
    static String etag(int run, long version, JobStatus state) {
        return etag(run, version, state, OptionalLong.empty(), OptionalLong.empty());
    }

    private static String etag(
            int run, long version, JobStatus state, OptionalLong position, OptionalLong depth) {
        return "W/\"" + run + '.' + version + '.' + state + suffix(position) + suffix(depth) + '"';
    }

    private static String suffix(OptionalLong number) {
        return number.isPresent() ? "-" + number.getAsLong() : "";
    }
}
