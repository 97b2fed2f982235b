package io.kagu.bench.pipeline;

import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a side is told when it starts.
 *
 * @param gpus where each GPU of the fleet is called
 * @param slots of each of them
 * @param prefix of all topics and groups, new for each start
 * @param stateDir for what it keeps on disk
 */
record SideSetup(String bootstrap, String prefix, List<URI> gpus, int slots, Path stateDir) {

    private static final String SEPARATOR = ",";
    private static final int PARTITIONS = 4;
    private static final int MAX_BYTES = 1 << 20;

    KafkaConfig kafka() {
        return KafkaConfig.of(bootstrap);
    }

    TopicConfig topics() {
        return new TopicConfig(prefix, PARTITIONS, (short) 1, MAX_BYTES, MAX_BYTES, 1);
    }

    SideSetup {
        gpus = List.copyOf(gpus);
    }

    String[] words(String command) {
        return new String[] {
            command,
            bootstrap,
            prefix,
            gpus.stream().map(URI::toString).collect(Collectors.joining(SEPARATOR)),
            Integer.toString(slots),
            stateDir.toString()
        };
    }

    static SideSetup parse(List<String> words) {
        return new SideSetup(
                words.get(1),
                words.get(2),
                Arrays.stream(words.get(3).split(SEPARATOR, -1)).map(URI::create).toList(),
                Integer.parseInt(words.get(4)),
                Path.of(words.get(5)));
    }
}
