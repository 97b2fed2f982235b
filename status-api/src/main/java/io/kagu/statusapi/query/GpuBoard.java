package io.kagu.statusapi.query;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryRow;
import io.kagu.common.gpu.RegistryTopic;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.Topics;
import io.kagu.statusapi.core.KnownGpu;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is known of all registered GPUs. Safe for many threads. */
public final class GpuBoard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GpuBoard.class);

    private final Map<String, GpuMetrics> metricsByGpu = new ConcurrentSkipListMap<>();
    private final QueueBoard queues;
    private final RegistryTopic registry;
    private final TopicFollower metrics;

    private GpuBoard(KafkaClients clients, Topics topics, QueueBoard queues) {
        this.queues = queues;
        this.registry = RegistryTopic.follow(clients, topics.registry());
        this.metrics =
                TopicFollower.start(
                        clients, topics.metrics(), TopicFollower.From.BEGINNING, this::apply);
    }

    /** Starts to follow the topics of the registry and the metrics. */
    public static GpuBoard follow(KafkaClients clients, Topics topics, QueueBoard queues) {
        return new GpuBoard(clients, topics, queues);
    }

    /** All GPUs in force, by name. */
    public List<KnownGpu> gpus() {
        return registry.current().gpus().stream().map(this::known).toList();
    }

    /** A GPU in force. */
    public Optional<KnownGpu> gpu(String name) {
        return registry.current().gpu(name).map(this::known);
    }

    /** The GPUs, pools and models in force. */
    public Registry registry() {
        return registry.current();
    }

    /** By name, why the rows of GPUs that are not in force at all are left out. */
    public Map<String, List<String>> leftOut() {
        Map<String, List<String>> leftOut = new TreeMap<>(registry.leftOut());
        registry.current().gpus().forEach(gpu -> leftOut.remove(gpu.name()));
        return leftOut;
    }

    private KnownGpu known(GpuSpec spec) {
        return new KnownGpu(
                spec,
                registry.row(spec.name()).map(RegistryRow::time).orElse(Instant.EPOCH),
                Optional.ofNullable(metricsByGpu.get(spec.name())),
                queues.pool(spec.pool()),
                registry.leftOut().getOrDefault(spec.name(), List.of()));
    }

    /** Whether what stood in the topics at the start was read. */
    public boolean ready() {
        return registry.ready()
                && queues.ready()
                && metrics.caughtUp().isDone()
                && !metrics.caughtUp().isCompletedExceptionally();
    }

    private void apply(ConsumerRecord<String, byte[]> row) {
        if (row.key() == null) {
            return;
        }
        if (row.value() == null) {
            metricsByGpu.remove(row.key());
            return;
        }
        try {
            metricsByGpu.put(row.key(), Json.read(row.value(), GpuMetrics.class));
        } catch (BadJsonException e) {
            LOG.atWarn()
                    .addKeyValue("gpu", row.key())
                    .addKeyValue("fault", e.getMessage())
                    .log("GPU metrics not readable");
        }
    }

    @Override
    public void close() {
        metrics.close();
        registry.close();
    }
}
