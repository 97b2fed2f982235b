package io.kagu.statusapi.query;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;

import java.time.InstantSource;

/** What every replica of this service reads whole: queues, GPUs and dispatcher replicas. */
public record Boards(QueueBoard queues, GpuBoard gpus, ConsumerBoard consumers)
        implements AutoCloseable {

    /** Starts to follow the topics. */
    public static Boards follow(KafkaClients clients, Topics topics, InstantSource clock) {
        QueueBoard queues = QueueBoard.follow(clients, topics.queueStatus(), clock);
        return new Boards(
                queues,
                GpuBoard.follow(clients, topics, queues),
                ConsumerBoard.follow(clients, topics.instances(), queues, clock));
    }

    @Override
    public void close() {
        consumers.close();
        gpus.close();
        queues.close();
    }
}
