package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.statusapi.JobStory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    private final JobStory story = new JobStory("job-1");

    @Test
    void anIdSaysWhatACallerHasSeen() {
        EventId running = EventId.of(story.running());
        EventId ended = EventId.of(story.completed());

        assertThat(running.text()).isEqualTo("1.2");
        assertThat(ended.text()).isEqualTo("1.4.end");
        assertThat(EventId.parse("1.2")).contains(running);
        assertThat(EventId.parse("1.4.end")).contains(ended);
        assertThat(running.isBefore(ended)).isTrue();
        assertThat(ended.isBefore(running)).isFalse();
        assertThat(ended.isBefore(ended)).isFalse();
        assertThat(ended.isBefore(EventId.of(story.requeued()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.", ".1", "1.2.3", "-1.2", "1.2.END", "9999999999.1", "a.b"})
    void whatIsNoneOfOursIsNothing(String text) {
        assertThat(EventId.parse(text)).isEmpty();
    }
}
