package io.kagu.common.topic;

import org.apache.kafka.common.config.TopicConfig;

import java.util.List;
import java.util.Objects;

/** The topic table as Markdown, for the documentation. */
public final class TopicTableMarkdown {

    private static final String HEAD =
            """
            | topic | key | value | partitions | cleanup | writer → reader |
            |---|---|---|---|---|---|
            """;

    private TopicTableMarkdown() {}

    /** One row per topic. */
    public static String of(List<TopicSpec> table) {
        StringBuilder rows = new StringBuilder(HEAD);
        table.forEach(spec -> rows.append(row(spec)));
        return rows.toString();
    }

    private static String row(TopicSpec spec) {
        String cleanup =
                Objects.requireNonNull(spec.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG));
        return "| `%s` | %s | %s | %d | %s | %s → %s |\n"
                .formatted(
                        spec.name(),
                        spec.key(),
                        spec.value(),
                        spec.partitions(),
                        cleanup,
                        spec.writers(),
                        spec.readers());
    }
}
