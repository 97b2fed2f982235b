package io.kagu.common.gpu;

import static io.kagu.common.Samples.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

final class RegistryFoldTest {

    private final RegistryFold fold = new RegistryFold();

    private void put(GpuSpec spec) {
        fold.apply(spec.name(), Json.write(spec));
    }

    @Test
    void rowsAreAddedReplacedAndRemoved() {
        put(gpu("a", "p", "m"));
        put(gpu("b", "p", "m"));
        put(gpu("b", "p", "n"));
        fold.apply("a", null);
        fold.apply("never-there", null);

        assertThat(fold.current().gpus()).containsExactly(gpu("b", "p", "n"));
    }

    @Test
    void anUnreadableRowLeavesTheOneBeforeStanding() {
        put(gpu("a", "p", "m"));
        fold.apply("a", "{".getBytes(UTF_8));

        assertThat(fold.current().gpus()).containsExactly(gpu("a", "p", "m"));
    }

    @Test
    void aChangeOfSeveralRowsTakesEffectOnceTheWholeIsValid() {
        put(gpu("a", "p", "m"));
        put(gpu("b", "p", "m"));

        put(gpu("a", "q", "m"));
        assertThat(fold.current().poolOf("m")).contains("p");

        put(gpu("b", "q", "m"));
        assertThat(fold.current().poolOf("m")).contains("q");
    }
}
