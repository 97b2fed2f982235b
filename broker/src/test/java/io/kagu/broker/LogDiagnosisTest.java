package io.kagu.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class LogDiagnosisTest {

    @TempDir Path folder;

    @Test
    void theInnermostCauseIsShown() throws IOException {
        String log =
                """
                2026-01-01T00:00:00.000Z INFO  Starter all is well
                2026-01-01T00:00:01.000Z ERROR BrokerServer Fatal error
                org.apache.kafka.common.KafkaException: outer
                \tat kafka.Kafka.main(Kafka.scala:1)
                Caused by: java.io.IOException: inner
                \tat java.base/java.io.File.read(File.java:1)
                2026-01-01T00:00:02.000Z INFO  Starter shut down
                """;

        assertThat(diagnose(log))
                .isEqualTo("BrokerServer Fatal error (java.io.IOException: inner)");
    }

    @Test
    void anExceptionWithoutACauseIsShownItself() throws IOException {
        String log =
                """
                2026-01-01T00:00:01.000Z ERROR Log Cannot open
                java.lang.IllegalStateException: closed
                \tat kafka.Kafka.main(Kafka.scala:1)
                """;

        assertThat(diagnose(log))
                .isEqualTo("Log Cannot open (java.lang.IllegalStateException: closed)");
    }

    @Test
    void aQuietOrMissingLogSaysNothing() throws IOException {
        assertThat(diagnose("2026-01-01T00:00:00.000Z INFO  Starter all is well\n")).isEmpty();
        assertThat(LogDiagnosis.lastErrors(folder.resolve("none"))).isEmpty();
    }

    private String diagnose(String log) throws IOException {
        return LogDiagnosis.lastErrors(Files.writeString(folder.resolve("broker.log"), log));
    }
}
