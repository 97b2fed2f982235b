package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Ends that came before their jobs. */
class PoolEarlyEndTest {

    private static final int REMEMBERED = 10_000;

    private final PoolRig rig = new PoolRig();

    @Test
    void anEndThatReadersWereToldIsKnownUntilItsJobCame() {
        remember("job");
        assertThat(rig.pool().toldEnd("job")).isTrue();

        rig.advance(5).submit("job");

        assertThat(rig.row("job").state()).isEqualTo(new JobState.Cancelled(PoolRig.START));
        assertThat(rig.row("job").version()).isEqualTo(4);
        assertThat(rig.row("job").attempt()).isEqualTo(2);
        assertThat(rig.pool().toldEnd("job")).isFalse();
    }

    @Test
    void aCancelThatCameFirstWasToldToNobody() {
        rig.cancel("job");

        assertThat(rig.pool().toldEnd("job")).isFalse();
        assertThat(rig.pool().toldEnd("nobody")).isFalse();
    }

    @Test
    void theOldestAreForgottenBeyondABound() {
        for (int i = 0; i < REMEMBERED; i++) {
            remember("job-" + i);
        }
        assertThat(rig.pool().toldEnd("job-0")).isTrue();

        remember("one-more");

        assertThat(rig.pool().toldEnd("job-0")).isFalse();
        assertThat(rig.pool().toldEnd("job-1")).isTrue();
        assertThat(rig.pool().toldEnd("one-more")).isTrue();
    }

    private void remember(String id) {
        EarlyEnd end = new EarlyEnd(new JobState.Cancelled(PoolRig.START), 1, 4, 2, List.of());
        rig.pool().apply(new PoolEvent.EndRemembered(id, end));
    }
}
