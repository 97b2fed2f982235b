package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Leases are counted whether their GPU is there or not. */
class FleetTest {

    private final Fleet fleet = new Fleet();

    @Test
    void leasesOfAGpuThatIsGoneEndOneByOne() {
        use("alpha");
        fleet.take("alpha");
        fleet.take("alpha");
        use();
        fleet.release("alpha");
        use("alpha");
        assertThat(leased()).isEqualTo(1);

        fleet.release("alpha");
        assertThat(leased()).isZero();
    }

    @Test
    void leasesOfAGpuThatIsStillToComeAreHeldWhenItIsThere() {
        fleet.take("alpha");
        fleet.take("alpha");
        use("alpha");

        assertThat(leased()).isEqualTo(2);
    }

    @Test
    void leasesAreCountedOnceHoweverOftenTheirGpuComesAndGoes() {
        use("alpha");
        fleet.take("alpha");
        use();
        use("alpha");
        use();
        use("alpha");

        assertThat(leased()).isEqualTo(1);
    }

    @Test
    void whatNobodyHoldsCannotBeGivenBack() {
        assertThatThrownBy(() -> fleet.release("alpha")).isInstanceOf(IllegalStateException.class);
        use("alpha");
        assertThatThrownBy(() -> fleet.release("alpha")).isInstanceOf(IllegalStateException.class);
        use();
        assertThatThrownBy(() -> fleet.release("alpha")).isInstanceOf(IllegalStateException.class);
    }

    private void use(String... names) {
        fleet.use(List.of(names).stream().map(name -> GpuSample.named(name).spec()).toList());
    }

    private int leased() {
        return fleet.find("alpha").orElseThrow().leased();
    }
}
