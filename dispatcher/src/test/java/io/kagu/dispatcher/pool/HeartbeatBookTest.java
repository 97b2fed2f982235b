package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.common.job.Heartbeat;
import io.kagu.dispatcher.core.Sightings;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class HeartbeatBookTest {

    private long now = RowSample.START;
    private final HeartbeatBook book = new HeartbeatBook(() -> Instant.ofEpochMilli(now));

    @Test
    void whoBeatsIsKnownByWhenItArrived() {
        beat("one", now - 60_000);
        now += 500;
        beat("two", now);

        Sightings heard = book.sightings();
        assertThat(heard.of("one").orElseThrow().arrivedAt()).isEqualTo(RowSample.START);
        assertThat(heard.of("two").orElseThrow().arrivedAt()).isEqualTo(now);
        assertThat(since()).isEqualTo(RowSample.START);
    }

    @Test
    void whoLeavesIsForgotten() {
        beat("one", now);
        book.hear(new ConsumerRecord<>("instances", 0, 0, "one", null));

        assertThat(book.sightings().of("one")).isEmpty();
    }

    @Test
    void aReplicaThatHearsNobodyListensAnew() {
        beat("one", now);
        now += 3_001;
        assertThat(since()).isEqualTo(now);

        now += 10_000;
        beat("one", now);
        long again = now;
        now += 3_000;
        assertThat(since()).isEqualTo(again);
    }

    @Test
    void garbageIsNobody() {
        book.hear(new ConsumerRecord<>("instances", 0, 0, "one", new byte[] {'{'}));
        book.hear(new ConsumerRecord<>("instances", 0, 0, null, new byte[] {'{'}));

        assertThat(book.sightings().of("one")).isEmpty();
    }

    private long since() {
        return book.sightings().listeningSince();
    }

    private void beat(String incarnation, long sentAt) {
        Instant sent = Instant.ofEpochMilli(sentAt);
        Heartbeat beat =
                new Heartbeat(
                        Heartbeat.SCHEMA,
                        incarnation,
                        sent,
                        sent,
                        "test",
                        List.of(),
                        5,
                        0,
                        false,
                        3);
        book.hear(new ConsumerRecord<>("instances", 0, 0, incarnation, Json.write(beat)));
    }
}
