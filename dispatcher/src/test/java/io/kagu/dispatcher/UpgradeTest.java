package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobStatus;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.dispatcher.pool.PoolTopology;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This version takes over from the first one: from rows as that one left them in the changelog. */
@ExtendWith(KafkaExtension.class)
class UpgradeTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final String QUEUED = "row-v1-first-queued.json";
    private static final int JOBS = 20;

    private final KafkaConfig kafka;
    private final String prefix;

    @TempDir Path folder;

    UpgradeTest(TestKafka broker) {
        kafka = KafkaConfig.of(broker.bootstrapServers());
        prefix = broker.topicPrefix() + "upgrade.";
    }

    @Test
    void jobsThatTheFirstVersionLeftWaitingEndUnderThisOneTogetherWithNewOnes() throws Exception {
        try (DispatcherRig rig = new DispatcherRig(kafka, prefix, folder)) {
            makeChangelog(rig);
            for (int i = 0; i < JOBS; i++) {
                leave(rig, "old-" + i, i);
            }
            rig.dispatcher("one", Map.of());
            rig.submit("new");
            rig.gpu().letGo(JOBS + 1);

            for (int i = 0; i < JOBS; i++) {
                rig.awaitState("old-" + i, JobStatus.COMPLETED);
            }
            rig.awaitState("new", JobStatus.COMPLETED);
            assertThat(rig.gpu().started()).hasSize(JOBS + 1).doesNotHaveDuplicates();
        }
    }

    private void makeChangelog(DispatcherRig rig) throws Exception {
        int partitions = rig.topicConfig().partitions();
        NewTopic topic =
                new NewTopic(changelog(), partitions, (short) 1)
                        .configs(Map.of("cleanup.policy", "compact"));
        try (Admin admin = rig.clients().admin("upgrade")) {
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private String changelog() {
        return PoolTopology.changelogOf(prefix + "dispatcher");
    }

    /** A waiting job with its body, in the store of the task that owns the pool. */
    private void leave(DispatcherRig rig, String id, int sequence) throws Exception {
        ObjectNode row = (ObjectNode) Json.tree(Files.readAllBytes(GOLDEN.resolve(QUEUED)));
        ObjectNode job = (ObjectNode) row.at("/row/job");
        job.put("id", id).put("model", "model-a").remove(List.of("deadline", "callback"));
        ObjectNode all = (ObjectNode) row.get("row");
        all.put("pool", DispatcherRig.POOL).put("model", "model-a").put("sequence", sequence);
        all.put("deadline", System.currentTimeMillis() + DispatcherRig.PATIENCE.toMillis());
        write(rig, 'B', id, "{}".getBytes(StandardCharsets.UTF_8));
        write(rig, 'L', id, Json.write((JsonNode) row));
    }

    private void write(DispatcherRig rig, char kind, String id, byte[] value) throws Exception {
        byte[] pool = DispatcherRig.POOL.getBytes(StandardCharsets.UTF_8);
        int partition = Utils.toPositive(Utils.murmur2(pool)) % rig.topicConfig().partitions();
        String key = kind + DispatcherRig.POOL + '\u0000' + id;
        rig.producer().send(new ProducerRecord<>(changelog(), partition, key, value)).get();
    }
}
