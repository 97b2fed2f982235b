package io.kagu.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.broker.BrokerStartException.Reason;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One folder's life over several starts; each test takes the broker the one before left. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedBrokerTest {

    private static final int COUNT = 100;
    private static final long LIMIT_SECONDS = 30;

    @TempDir static Path temp;

    private Path folder;
    private EmbeddedBroker broker;
    private int firstPort;

    @BeforeAll
    void startInAFolderWithAnOddName() throws Exception {
        folder = temp.resolve("new folder\u00e9 = 1");
        broker = EmbeddedBroker.start(BrokerConfig.in(folder));
        firstPort = broker.port();
        topic().create().write(COUNT);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    @Order(1)
    void aStreamsGroupMayHaveASessionOfTwoSeconds() throws Exception {
        var group = new ConfigResource(ConfigResource.Type.GROUP, "app");
        List<AlterConfigOp> changes =
                List.of(
                        set("streams.session.timeout.ms", 2000),
                        set("streams.heartbeat.interval.ms", 300));
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(group, changes)).all().get();
        }
    }

    @Test
    @Order(2)
    void anAppOnTheStreamsProtocolGetsItsRecords() throws Exception {
        try (var app = new StreamsApp(broker.bootstrapServers(), "numbers", temp)) {
            assertThat(app.take(COUNT)).isEqualTo(TestTopic.values(COUNT));
        }
    }

    @Test
    @Order(3)
    void noTopicAppearsByItself() throws Exception {
        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get()).containsExactly("numbers");
        }
    }

    @Test
    @Order(4)
    void aFolderInUseNamesItsHolder() {
        var used = new DataFolder(folder);

        assertThatThrownBy(() -> FolderLock.take(used, Duration.ofMillis(50), "me"))
                .isInstanceOfSatisfying(
                        BrokerStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.FOLDER_IN_USE))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("process " + ProcessHandle.current().pid())
                .hasMessageContaining("process " + broker.pid());
    }

    @Test
    @Order(5)
    void recordsAndPortOutliveAStop() throws Exception {
        var exit = broker.onExit();
        broker.close();
        assertThat(exit.get(LIMIT_SECONDS, TimeUnit.SECONDS).requested()).isTrue();

        broker = EmbeddedBroker.start(BrokerConfig.in(folder));

        assertThat(broker.port()).isEqualTo(firstPort);
        assertThat(topic().read(COUNT)).isEqualTo(TestTopic.values(COUNT));
    }

    @Test
    @Order(6)
    void aKilledBrokerIsReportedAndComesBackWithItsRecords() throws Exception {
        var exit = broker.onExit();
        broker.kill();
        assertThat(exit.get(LIMIT_SECONDS, TimeUnit.SECONDS).requested()).isFalse();

        broker = EmbeddedBroker.start(BrokerConfig.in(folder));

        assertThat(topic().read(COUNT)).isEqualTo(TestTopic.values(COUNT));
    }

    @Test
    @Order(7)
    void aRememberedPortTakenMeanwhileIsReplaced() throws Exception {
        broker.close();
        try (var taken = new ServerSocket(firstPort, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            EmbeddedBroker.start(
                                    BrokerConfig.in(folder).withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(
                            BrokerStartException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.PORT_BUSY))
                    .hasMessageContaining("port " + firstPort)
                    .hasMessageContaining("choose another port");

            broker = EmbeddedBroker.start(BrokerConfig.in(folder));

            assertThat(broker.port()).isNotEqualTo(firstPort);
        }
        assertThat(Files.exists(new DataFolder(folder).log())).isTrue();
    }

    private TestTopic topic() {
        return new TestTopic(broker.bootstrapServers(), "numbers");
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static AlterConfigOp set(String key, int value) {
        return new AlterConfigOp(
                new ConfigEntry(key, Integer.toString(value)), AlterConfigOp.OpType.SET);
    }
}
