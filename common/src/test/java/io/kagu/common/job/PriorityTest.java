package io.kagu.common.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PriorityTest {

    @Test
    void theFirstDeclaredIsServedFirst() {
        assertThat(Priority.values()).containsExactly(Priority.HIGH, Priority.NORMAL, Priority.LOW);
    }

    @ParameterizedTest
    @EnumSource
    void aWordIsReadBackWhateverItsCaseAndBlanks(Priority priority) {
        assertThat(Priority.parse(priority.word())).contains(priority);
        assertThat(Priority.parse(" " + priority.name() + " ")).contains(priority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "urgent", "hi gh", "0"})
    void anotherWordIsNoPriority(String word) {
        assertThat(Priority.parse(word)).isEmpty();
    }

    @Test
    void jsonCarriesTheWord() {
        assertThat(Json.write(Priority.HIGH)).asString().isEqualTo("\"high\"");
        assertThat(Json.read("\"low\"".getBytes(), Priority.class)).isEqualTo(Priority.LOW);
    }

    @Test
    void anUnknownWordInJavaNamesTheAllowedOnes() {
        assertThatThrownBy(() -> Priority.ofWord("urgent"))
                .hasMessage("priority must be one of high, normal, low");
    }
}
