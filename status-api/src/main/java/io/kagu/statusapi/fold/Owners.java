package io.kagu.statusapi.fold;

import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.Topics;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;

import java.util.Collection;
import java.util.List;

/**
 * Tells which replica folds which partition. The own stores say what is here, the group the rest.
 */
public final class Owners {

    private final KafkaStreams streams;
    private final FoldProgress progress;
    private final JobPartitions partitions;
    private final String topic;
    private final HostInfo self;

    Owners(KafkaStreams streams, FoldProgress progress, TopicConfig topics, ReplicaAddress self) {
        this.streams = streams;
        this.progress = progress;
        this.partitions = new JobPartitions(topics.partitions());
        this.topic = new Topics(topics.prefix()).events();
        this.self = new HostInfo(self.host(), self.port());
    }

    /** Who has a job. */
    public Owner ofJob(String jobId) {
        return ofPartition(partitions.of(jobId));
    }

    /** Who has each partition, by its number. */
    public List<Owner> all() {
        return partitions.all().mapToObj(this::ofPartition).toList();
    }

    private Owner ofPartition(int partition) {
        if (progress.owns(partition)) {
            return new Owner.Here();
        }
        TopicPartition events = new TopicPartition(topic, partition);
        return members().stream()
                .filter(member -> member.topicPartitions().contains(events))
                .map(StreamsMetadata::hostInfo)
                .filter(host -> !host.equals(self))
                .findFirst()
                .<Owner>map(host -> new Owner.There(new ReplicaAddress(host.host(), host.port())))
                .orElseGet(Owner.Unknown::new);
    }

    private Collection<StreamsMetadata> members() {
        return streams.state().isRunningOrRebalancing()
                ? streams.streamsMetadataForStore(JobViewStore.NAME)
                : List.of();
    }
}
