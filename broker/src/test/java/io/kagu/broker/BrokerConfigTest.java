package io.kagu.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.broker.BrokerStartException.Reason;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class BrokerConfigTest {

    private static final Path FOLDER = Path.of("/data");

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> BrokerConfig.in(FOLDER).withPort(70_000))
                .hasMessageContaining("70000")
                .hasMessageContaining("65535");
        assertThatThrownBy(() -> BrokerConfig.in(FOLDER).withHeapMb(1)).hasMessageContaining("128");
    }

    @Test
    void theChildGetsEveryWordUnchanged() {
        BrokerConfig config =
                BrokerConfig.in(Path.of("/data of a = b"))
                        .withPort(9092)
                        .withProperty("log.cleaner.io.buffer.load.factor", "0.9")
                        .withProperty("super.users", "User:CN=a");
        ChildArguments sent = ChildArguments.of(config);

        assertThat(ChildArguments.parse(sent.words())).isEqualTo(sent);
    }

    @Test
    void onlyAPeakSpeedBrokerUsesTheOptimizingCompiler() {
        BrokerConfig config = BrokerConfig.in(FOLDER);

        assertThat(ChildLaunch.command(config)).contains("-XX:TieredStopAtLevel=1");
        assertThat(ChildLaunch.command(config.withPeakSpeed().withPort(9092)))
                .contains("-XX:TieredStopAtLevel=4");
    }

    @Test
    void furtherPropertiesWinOverTheBuiltInOnes() {
        var all =
                BrokerProperties.of(
                        new DataFolder(FOLDER),
                        1,
                        2,
                        BrokerConfig.in(FOLDER)
                                .withProperty("log.retention.hours", "1")
                                .properties());

        assertThat(all)
                .containsEntry("log.retention.hours", "1")
                .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.1:1");
    }

    @Test
    void whatTheChildSaysIsUnderstoodByItsParent() {
        var starting = new ParentLine.Starting(9092);
        var failing = new ParentLine.Failing(Reason.FOLDER_DAMAGED, "cut short");

        assertThat(ParentLine.parse(starting.text())).contains(starting);
        assertThat(ParentLine.parse(failing.text())).contains(failing);
        assertThat(ParentLine.parse("Unrecognized option: -XX")).isEmpty();
    }
}
