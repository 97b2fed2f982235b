package io.kagu.dispatcher.pool;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.job.Heartbeat;
import io.kagu.dispatcher.core.Sightings;
import io.kagu.dispatcher.core.Sightings.CallId;
import io.kagu.dispatcher.core.Sightings.Sighting;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The newest heartbeat of every executor, by when it arrived here. One thread hears, the stream
 * threads read. Executors beat every second, this replica's own among them: when nobody was heard
 * for some seconds, it is this replica or the topic that is cut off, and nobody's silence counts.
 */
public final class HeartbeatBook {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatBook.class);

    private static final long DEAF_MILLIS = 3_000;

    private final Map<String, Sighting> newest = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private long listeningSince;
    private long heardAt;

    public HeartbeatBook(InstantSource clock) {
        this.clock = clock;
        this.listeningSince = clock.millis();
        this.heardAt = listeningSince;
    }

    /** Takes a record of the instances topic. */
    public void hear(ConsumerRecord<String, byte[]> row) {
        if (row.key() == null) {
            return;
        }
        if (row.value() == null) {
            newest.remove(row.key());
            return;
        }
        try {
            hear(Json.read(row.value(), Heartbeat.class), row.key());
        } catch (BadJsonException e) {
            LOG.atWarn()
                    .addKeyValue("incarnation", row.key())
                    .addKeyValue("fault", e.getMessage())
                    .log("unreadable heartbeat");
        }
    }

    /** Takes the heartbeat of an incarnation. */
    void hear(Heartbeat beat, String incarnation) {
        newest.put(incarnation, sighting(beat));
        heard();
    }

    private Sighting sighting(Heartbeat beat) {
        return new Sighting(
                clock.millis(),
                beat.sentAt().toEpochMilli(),
                beat.calls().stream()
                        .map(call -> new CallId(call.jobId(), call.attempt()))
                        .collect(Collectors.toSet()),
                beat.freeCalls());
    }

    private synchronized void heard() {
        listeningSince = listeningSince();
        heardAt = clock.millis();
    }

    private synchronized long listeningSince() {
        long now = clock.millis();
        return now - heardAt > DEAF_MILLIS ? now : listeningSince;
    }

    /** What was heard so far. */
    Sightings sightings() {
        return new Sightings(listeningSince(), newest);
    }
}
