package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final long NOW = PoolRig.START;

    /** Two a second, and one for each four jobs that begin. */
    private final RetryBudget budget =
            new RetryBudget(new RetryRules(4, 10, 1_000, 300_000, 3, 25, 2), NOW);

    @Test
    void itBeginsWithTenSecondsWorth() {
        assertThat(budget.allows(NOW)).isEqualTo(20);
        assertThat(budget.allows(NOW + 3_600_000)).isEqualTo(20);
    }

    @Test
    void timeAllowsForSome() {
        spend(20, NOW);

        assertThat(budget.allows(NOW)).isZero();
        assertThat(budget.allows(NOW + 499)).isZero();
        assertThat(budget.allows(NOW + 500)).isEqualTo(1);
        assertThat(budget.allows(NOW + 1_000)).isEqualTo(2);
    }

    @Test
    void oftenAskedAllowsForNoFewer() {
        spend(20, NOW);
        for (int i = 1; i < 500; i++) {
            assertThat(budget.allows(NOW + i)).isZero();
        }
        spend(1, NOW + 500);

        assertThat(budget.allows(NOW + 999)).isZero();
        assertThat(budget.allows(NOW + 1_000)).isEqualTo(1);
    }

    @Test
    void freshJobsAllowForAPartOfOneEach() {
        spend(20, NOW);
        for (int i = 0; i < 9; i++) {
            budget.fresh();
        }

        assertThat(budget.allows(NOW)).isEqualTo(2);
    }

    @Test
    void whatIsSpentBeyondItIsNotOwed() {
        spend(100, NOW);

        assertThat(budget.allows(NOW + 500)).isEqualTo(1);
    }

    @Test
    void aClockThatStepsBackTakesNothing() {
        spend(19, NOW);

        assertThat(budget.allows(NOW - 60_000)).isEqualTo(1);
        spend(1, NOW - 60_000);
        assertThat(budget.allows(NOW + 500)).isEqualTo(1);
    }

    private void spend(int retries, long now) {
        for (int i = 0; i < retries; i++) {
            budget.spend(now);
        }
    }
}
