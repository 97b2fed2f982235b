package io.kagu.statusapi.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.QueuePlace;
import io.kagu.statusapi.core.QueueSnapshot;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A job as {@code GET /v1/jobs/{id}} tells it: its view, and while it is live its place.
 *
 * @param queueAsOf when the pool's owner said what the place is estimated from
 * @param asOf when the view was true
 * @param stale whether it may have changed since
 */
record JobAnswer(
        @JsonUnwrapped JobView view,
        OptionalLong queuePosition,
        OptionalLong queueDepth,
        @JsonProperty("estimated_wait_s") OptionalDouble estimatedWaitSeconds,
        Optional<String> queueStateReason,
        Optional<Instant> queueAsOf,
        Instant asOf,
        boolean stale,
        Map<String, String> links) {

    static JobAnswer of(JobView job, Optional<QueueSnapshot> queue, Freshness freshness) {
        Optional<QueueSnapshot> live = queue.filter(known -> !job.state().terminal());
        Optional<QueuePlace> place = live.flatMap(known -> known.place(job));
        return new JobAnswer(
                job,
                place.map(p -> OptionalLong.of(p.position())).orElse(OptionalLong.empty()),
                place.map(p -> OptionalLong.of(p.depth())).orElse(OptionalLong.empty()),
                place.map(QueuePlace::waitSeconds).orElse(OptionalDouble.empty()),
                job.state().terminal()
                        ? Optional.empty()
                        : Optional.of(Pending.of(job, queue, freshness.asOf()).queueStateReason()),
                live.map(known -> known.status().time()),
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
        return "W/\"%d.%d.%s%s%s\""
                .formatted(
                        view.run(),
                        view.version(),
                        view.state(),
                        suffix(queuePosition),
                        suffix(queueDepth));
    }

    private static String suffix(OptionalLong number) {
        return number.isPresent() ? "-" + number.getAsLong() : "";
    }
}
