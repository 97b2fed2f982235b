package io.kagu.dispatcher.pool;

import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobEvent;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;
import io.kagu.dispatcher.core.PoolRules;
import io.kagu.dispatcher.executor.Call;
import io.kagu.dispatcher.executor.OutcomeRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The dispatcher's topology on Kafka's test driver, with one partition and no executor. */
final class PoolTopologyRig implements AutoCloseable {

    static final Topics TOPICS = new Topics("kagu.");
    static final Instant START = Instant.ofEpochMilli(RowSample.START);

    private static final PoolSetup SETUP =
            new PoolSetup(
                    new TopicConfig("kagu.", 1, (short) 1, 1 << 20, 8 << 20, 72),
                    PoolRules.DEFAULTS,
                    Duration.ofHours(24),
                    new ReplicaAddress("dispatcher-1", 8083));

    private final RecordingCalls calls = new RecordingCalls();
    private final PlaceDesk places = new PlaceDesk(1);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private boolean open = true;

    PoolTopologyRig(Path stateDir) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "kagu.dispatcher");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        driver = new TopologyTestDriver(topology(calls, places, meters), settings, START);
    }

    static Topology topology() {
        return topology(new RecordingCalls(), new PlaceDesk(1), new SimpleMeterRegistry());
    }

    private static Topology topology(CallPort calls, PlaceDesk places, MeterRegistry meters) {
        HeartbeatBook heartbeats = new HeartbeatBook(InstantSource.fixed(START));
        return PoolTopology.of(
                SETUP,
                new PoolPorts(
                        calls,
                        new GpuTable(),
                        new SidecarTable(InstantSource.system()),
                        heartbeats,
                        since -> List.of(),
                        new ToldTopics(Map.of()),
                        places,
                        new PoolMetrics(meters)));
    }

    void register(GpuSpec gpu) {
        pipe(TOPICS.registry(), new TestRecord<>(gpu.name(), Json.write(gpu)));
    }

    void pipe(String topic, RecordSample sample) {
        byte[] value = sample.value().getBytes(StandardCharsets.UTF_8);
        pipe(topic, new TestRecord<>(sample.key(), value, sample.headers()));
    }

    void end(Call call, Outcome outcome, String response) {
        AttemptOutcome end =
                new AttemptOutcome(
                        call.job().id(),
                        call.attempt(),
                        call.gpu().name(),
                        calls.incarnation(),
                        RowSample.START,
                        RowSample.START + 40,
                        outcome);
        byte[] body = response.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> row =
                OutcomeRecords.write(TOPICS.outcomes(), call.pool(), end, body);
        pipe(
                TOPICS.outcomes(),
                new TestRecord<>(row.key(), row.value(), new RecordHeaders(row.headers())));
    }

    private void pipe(String topic, TestRecord<String, byte[]> row) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(row);
    }

    /** Lets the clock go on. */
    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    List<TestRecord<String, byte[]>> read(String topic) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** What the events say since they were read last. */
    List<JobEvent.Type> events() {
        return read(TOPICS.events()).stream()
                .map(event -> Json.read(event.getValue(), JobEvent.class).type())
                .toList();
    }

    PlaceDesk places() {
        return places;
    }

    MeterRegistry meters() {
        return meters;
    }

    List<Call> calls() {
        return calls.calls();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            driver.close();
        }
    }
}
