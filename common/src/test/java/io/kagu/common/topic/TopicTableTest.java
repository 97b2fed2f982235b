package io.kagu.common.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.GeneratedDoc;
import io.kagu.common.Golden;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

final class TopicTableTest {

    private static final TopicConfig CONFIG =
            new TopicConfig("kagu.", 8, (short) 1, 1 << 20, 8 << 20, 72);

    @Test
    void theTableIsWhatTheContractSays() {
        assertThat(text(TopicTable.of(CONFIG))).isEqualTo(Golden.text("topics.txt"));
    }

    private static String text(List<TopicSpec> table) {
        return table.stream()
                .map(spec ->
                        "%s %d %s"
                                .formatted(
                                        spec.name(),
                                        spec.partitions(),
                                        new TreeMap<>(spec.settings())))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void topicsKeyedByPoolHaveOnePartitionCount() {
        assertThat(TopicTable.of(CONFIG))
                .filteredOn(spec -> spec.key().equals("pool"))
                .filteredOn(spec -> spec.settings().get("cleanup.policy").equals("delete"))
                .isNotEmpty()
                .allMatch(spec -> spec.partitions() == 8);
    }

    @Test
    void everyTopicHasRoomForItsLargestRecord() {
        TopicConfig small = new TopicConfig("t.", 1, (short) 1, 2000, 1000, 1);

        assertThat(small.maxRequestRecordBytes()).isEqualTo(2000 + 65536);
        assertThat(small.maxResponseRecordBytes()).isEqualTo(2000 + 65536);
        assertThat(CONFIG.maxResponseRecordBytes()).isEqualTo((8 << 20) + 65536);
    }

    @Test
    void withThreeCopiesTwoMustBeInSync() {
        assertThat(replicated(1).minInSyncReplicas()).isEqualTo(1);
        assertThat(replicated(2).minInSyncReplicas()).isEqualTo(1);
        assertThat(replicated(3).minInSyncReplicas()).isEqualTo(2);
        assertThat(TopicTable.of(replicated(3)))
                .allMatch(spec -> spec.settings().get("min.insync.replicas").equals("2"));
    }

    private static TopicConfig replicated(int copies) {
        return new TopicConfig("t.", 1, (short) copies, 1 << 20, 1 << 20, 1);
    }

    @Test
    void theDocumentationListsEveryTopic() throws IOException {
        GeneratedDoc.assertSays(
                "topics.md", "topic table", TopicTableMarkdown.of(TopicTable.of(CONFIG)));
    }
}
