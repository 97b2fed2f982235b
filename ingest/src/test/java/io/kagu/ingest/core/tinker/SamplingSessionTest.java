package io.kagu.ingest.core.tinker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class SamplingSessionTest {

    @ParameterizedTest
    @ValueSource(strings = {"chat-4b", "Qwen/Qwen3-8B", "tinker://run:0/weights/final", "模型"})
    void aSessionIsReadBackFromItsId(String model) {
        SamplingSession session = new SamplingSession("0190-a", model);

        assertThat(SamplingSession.of(session.id())).isEqualTo(Optional.of(session));
        assertThat(session.id()).matches("[A-Za-z0-9._-]+");
    }

    @Test
    void sessionsOfOneModelDiffer() {
        assertThat(new SamplingSession("1", "m").id())
                .isNotEqualTo(new SamplingSession("2", "m").id());
    }

    @Test
    void everyChangeOfOneCharacterIsNoticed() {
        String id = new SamplingSession("0190-a", "Qwen/Qwen3-8B").id();
        for (int at = 0; at < id.length(); at++) {
            String changed =
                    id.substring(0, at) + (id.charAt(at) == 'x' ? 'y' : 'x') + id.substring(at + 1);
            assertThat(SamplingSession.of(changed)).as(changed).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s1", "s1...", "s1.a.b.00000000", "s2.a.Yg.00000000", "\u0000", "🙂"})
    void whatIsNoSessionIsNone(String id) {
        assertThat(SamplingSession.of(id)).isEmpty();
    }
}
