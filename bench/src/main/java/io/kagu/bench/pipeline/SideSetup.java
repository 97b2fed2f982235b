package io.kagu.bench.pipeline;

import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What a side is told when it starts.
 *
 * @param prefix of all topics and groups, new for each start
 * @param stateDir for what it keeps on disk
 */
record SideSetup(String bootstrap, String prefix, URI gpu, int slots, Path stateDir) {

    private static final int PARTITIONS = 4;
    private static final int MAX_BYTES = 1 << 20;

    KafkaConfig kafka() {
        return KafkaConfig.of(bootstrap);
    }

    TopicConfig topics() {
        return new TopicConfig(prefix, PARTITIONS, (short) 1, MAX_BYTES, MAX_BYTES, 1);
    }

    String[] words(String command) {
        return new String[] {
            command, bootstrap, prefix, gpu.toString(), Integer.toString(slots), stateDir.toString()
        };
    }

    static SideSetup parse(List<String> words) {
        return new SideSetup(
                words.get(1),
                words.get(2),
                URI.create(words.get(3)),
                Integer.parseInt(words.get(4)),
                Path.of(words.get(5)));
    }
}
