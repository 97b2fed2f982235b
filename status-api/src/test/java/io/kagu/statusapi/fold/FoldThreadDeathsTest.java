package io.kagu.statusapi.fold;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;

class FoldThreadDeathsTest {

    private final FoldThreadDeaths deaths =
            new FoldThreadDeaths(Path.of("data/status-api"), Duration.ZERO);

    @Test
    void aThreadThatDiesOfARecordIsReplaced() {
        assertThat(deaths.handle(new IllegalStateException("a bug"))).isEqualTo(REPLACE_THREAD);
        assertThat(deaths.fatal()).isNotDone();
    }

    @Test
    void aStateFolderThatFailsEndsTheReplicaAndSaysWhatToDo() {
        Throwable full = new ProcessorStateException("no space left on device");

        assertThat(deaths.handle(new StreamsException(full))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(deaths.fatal().join())
                .hasMessageContainingAll("data/status-api", "no space left", "may also be deleted");
    }

    @Test
    void whenStreamsEndForGoodSoDoesTheReplica() {
        deaths.entered(KafkaStreams.State.REBALANCING);
        assertThat(deaths.fatal()).isNotDone();

        deaths.entered(KafkaStreams.State.ERROR);
        assertThat(deaths.fatal().join()).hasMessageContaining("start status-api again");
    }
}
