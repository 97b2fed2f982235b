package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantWeightsTest {

    private static final long TOKEN = TenantWeights.EQUAL.finish("any", 0, 1);

    @Test
    void aTenantWithoutAWeightHasOne() {
        TenantWeights weights = TenantWeights.parse("acme=3, beta = 1000");

        assertThat(weights.of("acme")).isEqualTo(3);
        assertThat(weights.of("beta")).isEqualTo(1_000);
        assertThat(weights.of("gamma")).isEqualTo(1);
        assertThat(TenantWeights.parse(" ")).isEqualTo(TenantWeights.EQUAL);
    }

    @Test
    void aTenantsNameMayHoldAnEqualsSign() {
        assertThat(TenantWeights.parse("team=a=3").of("team=a")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme",
                "acme=",
                "acme=x",
                "acme=0",
                "acme=1001",
                "=3",
                "a=1,,b=2",
                "a=1,a=2"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TenantWeights.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aJobTakesItsTokensDividedByTheWeightAndNeverNothing() {
        TenantWeights weights = TenantWeights.parse("acme=3,vast=1000");

        assertThat(weights.finish("any", 7, 300)).isEqualTo(7 + 300 * TOKEN);
        assertThat(weights.finish("acme", 7, 300)).isEqualTo(7 + 100 * TOKEN);
        assertThat(weights.finish("acme", 0, 1)).isEqualTo((TOKEN + 2) / 3);
        assertThat(weights.finish("vast", 0, 1)).isPositive();
    }

    @Test
    void tagsEndInsteadOfOverflowing() {
        long late = Long.MAX_VALUE - 5;

        assertThat(TenantWeights.EQUAL.finish("any", late, JobRow.MAX_COST))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(TenantWeights.EQUAL.finish("any", Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theFullestPoolOfTheLargestJobsStillHasTagsToGive() {
        long perJob = TenantWeights.EQUAL.finish("any", 0, JobRow.MAX_COST);

        assertThat(Long.MAX_VALUE / perJob).isGreaterThan(10_000_000);
    }
}
