package io.kagu.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

class ParentKilledTest {

    private static final int COUNT = 50;

    @TempDir Path folder;

    @Test
    void theBrokerEndsWithItsKilledParentAndTheNextStartFindsPortAndData() throws Exception {
        Process parent = parent();
        ProcessHandle child = childOf(parent);
        parent.destroyForcibly();

        // Started at once, while the old broker may still be going down.
        try (var broker = EmbeddedBroker.start(BrokerConfig.in(folder))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
            var topic = new TestTopic(broker.bootstrapServers(), "numbers");
            assertThat(topic.read(COUNT)).isEqualTo(TestTopic.values(COUNT));
        }
    }

    private Process parent() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentMain.class.getName(),
                        folder.toString(),
                        Integer.toString(COUNT))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static ProcessHandle childOf(Process parent) throws IOException {
        Optional<Long> pid =
                parent.inputReader()
                        .lines()
                        .filter(line -> line.startsWith("broker "))
                        .map(line -> Long.parseLong(line.substring("broker ".length())))
                        .findFirst();
        return pid.flatMap(ProcessHandle::of).orElseThrow();
    }
}
