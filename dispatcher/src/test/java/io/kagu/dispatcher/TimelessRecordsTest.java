package io.kagu.dispatcher;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.job.JobStatus;
import io.kagu.common.kafka.KafkaConfig;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Records that carry no time, where the brokers do not give them one; the streams go on. */
@ExtendWith(KafkaExtension.class)
class TimelessRecordsTest {

    private static final Map<String, String> DEFAULTS = Map.of();
    private static int installations;

    private final KafkaConfig kafka;
    private final String prefix;

    private DispatcherRig rig;

    @TempDir Path folder;

    TimelessRecordsTest(TestKafka broker) {
        kafka = KafkaConfig.of(broker.bootstrapServers());
        prefix = broker.topicPrefix() + "timeless" + installations++ + ".";
    }

    @BeforeEach
    void start() throws Exception {
        rig = new DispatcherRig(kafka, prefix, folder);
        rig.gpu().letGo(1_000);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void inTheTopicsOfTasksTheyEndNoThread() throws Exception {
        writeTo(rig.topics().outcomes());
        writeTo(rig.topics().commands());
        rig.dispatcher("one", DEFAULTS);
        complete("before");

        writeTo(rig.topics().outcomes());
        writeTo(rig.topics().commands());

        complete("after");
    }

    @Test
    void inTheTopicsOfTablesTheyEndNoReplica() throws Exception {
        writeTo(rig.topics().registry());
        writeTo(rig.topics().metrics());
        rig.dispatcher("one", DEFAULTS);
        complete("before");

        writeTo(rig.topics().registry());
        writeTo(rig.topics().metrics());

        complete("after");
    }

    /** To all partitions, by a writer that is not Kafka's own producer, which refuses them. */
    private void writeTo(String topic) throws Exception {
        int partitions = rig.producer().partitionsFor(topic).size();
        for (int partition : List.of(0, partitions - 1)) {
            rig.producer().send(new Timeless(topic, partition)).get();
        }
    }

    private void complete(String name) throws Exception {
        rig.submit(name);
        rig.awaitState(name, JobStatus.COMPLETED);
    }

    private static final class Timeless extends ProducerRecord<String, byte[]> {

        Timeless(String topic, int partition) {
            super(topic, partition, "nobody", new byte[] {'{', '}'});
        }

        @Override
        public Long timestamp() {
            return ConsumerRecord.NO_TIMESTAMP;
        }
    }
}
