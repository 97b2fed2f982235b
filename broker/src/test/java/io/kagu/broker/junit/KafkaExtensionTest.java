package io.kagu.broker.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.broker.TestTopic;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class KafkaExtensionTest {

    private static final int COUNT = 10;

    private final TestKafka kafka;

    KafkaExtensionTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void itsBrokerTakesAndGivesRecords() throws Exception {
        var topic = new TestTopic(kafka.bootstrapServers(), kafka.topicPrefix() + "numbers");

        topic.create().write(COUNT);

        assertThat(topic.read(COUNT)).isEqualTo(TestTopic.values(COUNT));
    }

    @Test
    void allTestsOfAClassShareOnePrefix(TestKafka same) {
        assertThat(same).isEqualTo(kafka);
    }

    @Test
    void onlyKnownWordsChooseTheBroker() {
        assertThat(ServerChoice.of("")).isEqualTo(ServerChoice.ANY);
        assertThat(ServerChoice.of("embedded")).isEqualTo(ServerChoice.EMBEDDED);
        assertThat(ServerChoice.of("docker")).isEqualTo(ServerChoice.DOCKER);
        assertThatThrownBy(() -> ServerChoice.of("moon")).hasMessageContaining("'moon'");
    }

    @Nested
    class InAnotherClass {

        @Test
        void theBrokerIsTheSameButThePrefixIsNot(TestKafka other) {
            assertThat(other.bootstrapServers()).isEqualTo(kafka.bootstrapServers());
            assertThat(other.topicPrefix()).isNotEqualTo(kafka.topicPrefix());
        }
    }
}
