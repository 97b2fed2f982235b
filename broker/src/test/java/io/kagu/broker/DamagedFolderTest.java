package io.kagu.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.broker.BrokerStartException.Reason;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

class DamagedFolderTest {

    private static final String FIRST = "00000000000000000000.log";

    @TempDir static Path temp;

    private Path folder;

    @BeforeAll
    static void makeASoundFolder() throws Exception {
        try (var broker = EmbeddedBroker.start(BrokerConfig.in(temp.resolve("sound")))) {
            new TestTopic(broker.bootstrapServers(), "numbers").create().write(100);
        }
    }

    @BeforeEach
    void copyIt(TestInfo test) throws IOException {
        Path sound = temp.resolve("sound");
        folder = temp.resolve(test.getTestMethod().orElseThrow().getName());
        try (Stream<Path> files = Files.walk(sound)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(sound.relativize(file)));
            }
        }
    }

    @Test
    void aSoundFolderIsTaken() {
        assertThatCode(this::prepare).doesNotThrowAnyException();
    }

    @Test
    void anUnreadableFolderKeepsTheBrokerFromStarting() throws IOException {
        Files.writeString(kafka("meta.properties"), "\u0000\u0001 garbage");
        List<Path> before = files();

        assertDamaged(() -> EmbeddedBroker.start(BrokerConfig.in(folder)), "meta.properties");

        assertThat(files()).containsAll(before);
    }

    @Test
    void dataOfAnotherClusterIsRefused() throws IOException {
        Path meta = kafka("meta.properties");
        String other = Files.readString(meta).replaceAll("cluster.id=.*", "cluster.id=another-one");
        Files.writeString(meta, other);

        assertDamaged(this::prepare, "cluster another-one");
    }

    @Test
    void recordsWithoutMetaPropertiesAreNotFormattedOver() throws IOException {
        Files.delete(kafka("meta.properties"));

        assertDamaged(this::prepare, "meta.properties is missing");
        assertThat(kafka("meta.properties")).doesNotExist();
    }

    @Test
    void recordsWithoutClusterMetadataAreRefused() throws IOException {
        deleteAll(kafka("__cluster_metadata-0"));

        assertDamaged(this::prepare, "__cluster_metadata-0 is missing");
    }

    @Test
    void garbageInTheClusterMetadataIsRefused() throws IOException {
        overwrite(kafka("__cluster_metadata-0").resolve(FIRST), 200);

        assertDamaged(this::prepare, "unreadable bytes");
    }

    @Test
    void clusterMetadataCutShortAfterACleanStopIsRefused() throws IOException {
        cut(kafka("__cluster_metadata-0").resolve(FIRST), 10);

        assertDamaged(this::prepare, "unreadable bytes");
    }

    @Test
    void clusterMetadataTornByACrashIsTaken() throws IOException {
        Files.delete(kafka(".kafka_cleanshutdown"));
        cut(kafka("__cluster_metadata-0").resolve(FIRST), 10);

        assertThatCode(this::prepare).doesNotThrowAnyException();
    }

    @Test
    void clusterMetadataEndingInZerosAfterAPowerCutIsTaken() throws IOException {
        Files.delete(kafka(".kafka_cleanshutdown"));
        cut(kafka("__cluster_metadata-0").resolve(FIRST), -100);

        assertThatCode(this::prepare).doesNotThrowAnyException();
    }

    @Test
    void aTopicCutShortIsRefused() throws IOException {
        cut(kafka("numbers-0").resolve(FIRST), 10);

        assertDamaged(this::prepare, "numbers-0");
    }

    @Test
    void garbageAtATopicsEndIsRefused() throws IOException {
        Path log = kafka("numbers-0").resolve(FIRST);
        overwrite(log, Files.size(log) - 30);

        assertDamaged(this::prepare, "numbers-0");
    }

    @Test
    void aMissingTopicIsRefused() throws IOException {
        deleteAll(kafka("numbers-0"));

        assertDamaged(this::prepare, "kafka/numbers-0 is missing");
    }

    @Test
    void aFileWhereTheFolderShouldBeIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("a-file"), "");

        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerConfig.in(file)))
                .isInstanceOfSatisfying(
                        BrokerStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.FOLDER_NOT_WRITABLE))
                .hasMessageContaining(file.toString());
    }

    private void prepare() {
        var data = new DataFolder(folder);
        new Storage(data, BrokerProperties.NODE_ID)
                .prepare(BrokerMemory.read(data.memory()).clusterId());
    }

    private void assertDamaged(ThrowingCallable start, String what) {
        assertThatThrownBy(start)
                .isInstanceOfSatisfying(
                        BrokerStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.FOLDER_DAMAGED))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(what)
                .hasMessageContaining("move it away");
    }

    private Path kafka(String name) {
        return folder.resolve("kafka").resolve(name);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("kafka"))) {
            return files.toList();
        }
    }

    private static void overwrite(Path file, long position) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(position);
            access.write("garbage".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void cut(Path file, int bytes) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(access.length() - bytes);
        }
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
