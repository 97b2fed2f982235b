package io.kagu.common.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

final class TopicsTest {

    private final Topics topics = new Topics("test.");

    @Test
    void aJobTopicSaysItsPriority() {
        assertThat(topics.priorityOf("test.jobs.high")).contains(Priority.HIGH);
        assertThat(topics.priorityOf(topics.jobs(Priority.LOW))).contains(Priority.LOW);
        assertThat(topics.priorityOf("kagu.jobs.high")).isEmpty();
        assertThat(topics.priorityOf(topics.events())).isEmpty();
    }
}
