package io.kagu.bench.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.bench.decision.Backlog.Size;
import io.kagu.dispatcher.core.Lease;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;

class BacklogTest {

    @Test
    void decisionsKeepTheBacklogAsLongAsItWas() {
        Backlog backlog = Backlog.of(new Size(40, 3, 2));

        for (int decision = 0; decision < 100; decision++) {
            backlog.decide();
        }

        assertThat(backlog.waiting()).isEqualTo(40);
    }

    @Test
    void eachDecisionGrantsAnotherJobTheSlotThatBecameFree() {
        Backlog backlog = Backlog.of(new Size(40, 3, 2));
        Set<String> jobs = new TreeSet<>();

        Lease last = backlog.decide();
        jobs.add(last.jobId());
        for (int decision = 1; decision < 6; decision++) {
            jobs.add(backlog.decide().jobId());
        }

        assertThat(jobs).hasSize(6);
        assertThat(backlog.decide().gpu()).isEqualTo(last.gpu());
    }

    @Test
    void aPositionIsThatOfSomeWaitingJob() {
        Backlog backlog = Backlog.of(new Size(40, 3, 2));
        Set<Long> ranks = new TreeSet<>();

        for (int draw = 0; draw < 1_000; draw++) {
            ranks.add(backlog.rank());
        }

        assertThat(ranks).hasSize(40).allMatch(rank -> rank >= 0 && rank < 40);
    }
}
