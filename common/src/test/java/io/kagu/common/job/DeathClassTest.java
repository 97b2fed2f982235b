package io.kagu.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DeathClassTest {

    @Test
    void aReasonHasOneClass() {
        assertThat(DeathClass.ofCode("response_too_large")).isEqualTo(DeathClass.REJECTED);
        assertThat(DeathClass.ofCode("poison")).isEqualTo(DeathClass.POISON);
        assertThat(DeathClass.ofCode("of a newer version")).isEqualTo(DeathClass.OTHER);
    }

    @Test
    void everyClassIsFoundByItsWord() {
        assertThat(DeathClass.values())
                .allSatisfy(known -> assertThat(DeathClass.ofWord(known.word())).contains(known));
        assertThat(DeathClass.ofWord("DEAD")).isEmpty();
    }
}
