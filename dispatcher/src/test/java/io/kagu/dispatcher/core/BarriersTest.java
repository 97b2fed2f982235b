package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarriersTest {

    @Test
    void barriersAreNumberedInTheOrderInWhichTheyAreWritten() {
        assertThat(Barriers.NONE.next()).isEqualTo(1);
        assertThat(Barriers.NONE.written()).isEqualTo(new Barriers(1, 0));
        assertThat(Barriers.NONE.written().next()).isEqualTo(2);
    }

    @Test
    void anOlderOneThatIsReadAgainChangesNothing() {
        Barriers read = new Barriers(5, 0).readBack(4);

        assertThat(read).isEqualTo(new Barriers(5, 4));
        assertThat(read.readBack(3)).isEqualTo(read);
    }
}
