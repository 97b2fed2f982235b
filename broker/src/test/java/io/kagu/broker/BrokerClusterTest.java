package io.kagu.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Three nodes, of which one dies and comes back. */
@TestInstance(Lifecycle.PER_CLASS)
class BrokerClusterTest {

    private static final long LIMIT_SECONDS = 60;

    @TempDir static Path temp;

    private BrokerCluster cluster;

    @BeforeAll
    void start() {
        cluster = BrokerCluster.start(new ClusterConfig(temp, 3, 128, List.of("SIDE")));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void whatIsAcknowledgedWhileANodeIsDeadIsThereAfterwards() throws Exception {
        create("kept");
        TestTopic topic = new TestTopic(cluster.bootstrapServers(), "kept");
        topic.write(5);

        cluster.kill(0);
        topic.write(7);
        cluster.restart(0);
        cluster.stop(1);
        topic.write(1);

        assertThat(topic.read(13)).hasSize(13);
        cluster.restart(1);
    }

    private void create(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            NewTopic three = new NewTopic(topic, 1, (short) 3);
            admin.createTopics(List.of(three)).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
