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
 * threads read.
 */
public final class HeartbeatBook {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatBook.class);

    private final Map<String, Sighting> newest = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public HeartbeatBook(InstantSource clock) {
        this.clock = clock;
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
            Heartbeat beat = Json.read(row.value(), Heartbeat.class);
            newest.put(row.key(), sighting(beat));
        } catch (BadJsonException e) {
            LOG.atWarn()
                    .addKeyValue("incarnation", row.key())
                    .addKeyValue("fault", e.getMessage())
                    .log("unreadable heartbeat");
        }
    }

    private Sighting sighting(Heartbeat beat) {
        return new Sighting(
                clock.millis(),
                beat.sentAt().toEpochMilli(),
                beat.calls().stream()
                        .map(call -> new CallId(call.jobId(), call.attempt()))
                        .collect(Collectors.toSet()));
    }

    /** What was heard so far. */
    Sightings sightings() {
        return new Sightings(newest);
    }
}
