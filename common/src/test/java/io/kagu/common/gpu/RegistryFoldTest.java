package io.kagu.common.gpu;

import static io.kagu.common.Samples.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

import java.util.List;

final class RegistryFoldTest {

    private static final String CONTRADICTED =
            "model m: served in pool p and in pool q; a model belongs to exactly one";

    private final RegistryFold fold = new RegistryFold();

    private void put(GpuSpec... specs) {
        for (GpuSpec spec : specs) {
            fold.apply(spec.name(), Json.write(spec));
        }
    }

    private void putGarbage(String name) {
        fold.apply(name, "{".getBytes(UTF_8));
    }

    private List<GpuSpec> inForce() {
        return fold.current().gpus();
    }

    @Test
    void rowsAreAddedReplacedAndRemoved() {
        put(gpu("a", "p", "m"), gpu("b", "p", "m"), gpu("b", "p", "n"));
        fold.apply("a", null);
        fold.apply("never-there", null);

        assertThat(inForce()).containsExactly(gpu("b", "p", "n"));
        assertThat(fold.state().leftOut()).isEmpty();
    }

    @Test
    void whatChangesNothingLeavesTheSameRegistry() {
        put(gpu("a", "p", "m"));
        Registry before = fold.current();

        put(gpu("a", "p", "m"));
        putGarbage("b");

        assertThat(fold.current()).isSameAs(before);
    }

    @Test
    void anUnreadableRowLeavesTheOneBeforeStandingAndIsTold() {
        put(gpu("a", "p", "m"));
        putGarbage("a");

        assertThat(inForce()).containsExactly(gpu("a", "p", "m"));
        assertThat(fold.state().leftOut()).containsOnlyKeys("a");

        fold.apply("a", null);

        assertThat(inForce()).isEmpty();
        assertThat(fold.state().leftOut()).isEmpty();
    }

    @Test
    void aBadRowIsLeftOutAlone() {
        GpuSpec bad = gpu("b", "not a pool", "m");
        put(gpu("a", "p", "m"), bad, gpu("c", "p", "n"));
        putGarbage("d");
        fold.apply("e", Json.write(gpu("another-name", "p", "m")));

        assertThat(inForce()).containsExactly(gpu("a", "p", "m"), gpu("c", "p", "n"));
        assertThat(fold.state().leftOut()).containsOnlyKeys("b", "d", "e");
        assertThat(fold.state().leftOut().get("b"))
                .containsExactly("gpu b: pool must match [A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
        assertThat(fold.state().leftOut().get("e"))
                .containsExactly("gpu e: its row says it is another-name");
    }

    @Test
    void aRowInForceWinsOverANewOneThatContradictsIt() {
        put(gpu("z", "p", "m"), gpu("a", "q", "m"));

        assertThat(inForce()).containsExactly(gpu("z", "p", "m"));
        assertThat(fold.state().leftOut()).containsEntry("a", List.of(CONTRADICTED));
    }

    @Test
    void whatWasLeftOutTakesEffectOnceNothingContradictsItAnyMore() {
        put(gpu("z", "p", "m"), gpu("a", "q", "m"));

        fold.apply("z", null);

        assertThat(inForce()).containsExactly(gpu("a", "q", "m"));
        assertThat(fold.state().leftOut()).isEmpty();
    }

    @Test
    void aChangeOfSeveralRowsTakesEffectOnceTheWholeIsValid() {
        put(gpu("a", "p", "m"), gpu("b", "p", "m"));

        put(gpu("a", "q", "m"));
        assertThat(inForce()).containsExactly(gpu("a", "p", "m"), gpu("b", "p", "m"));
        assertThat(fold.state().leftOut()).containsEntry("a", List.of(CONTRADICTED));

        put(gpu("b", "q", "m"));
        assertThat(inForce()).containsExactly(gpu("a", "q", "m"), gpu("b", "q", "m"));
        assertThat(fold.state().leftOut()).isEmpty();
    }

    @Test
    void aBadRowDoesNotHoldAChangeOfOthersUp() {
        put(gpu("a", "p", "m"), gpu("b", "p", "m"));
        putGarbage("c");

        put(gpu("a", "q", "m"), gpu("b", "q", "m"));

        assertThat(fold.current().poolOf("m")).contains("q");
    }

    @Test
    void aNewRowDoesNotDisplaceAGpuWhoseOwnNewRowIsBad() {
        put(gpu("a", "p", "m"));
        putGarbage("a");

        put(gpu("b", "q", "m"));

        assertThat(inForce()).containsExactly(gpu("a", "p", "m"));
    }

    @Test
    void whoStartsAnewTakesTheLastRowsByTheirOrder() {
        RegistryFold again = new RegistryFold();
        again.apply("a", Json.write(gpu("a", "q", "m")));
        again.apply("b", Json.write(gpu("b", "p", "m")));
        again.apply("c", Json.write(gpu("c", "p", "n")));

        assertThat(again.current().gpus()).containsExactly(gpu("a", "q", "m"), gpu("c", "p", "n"));
        assertThat(again.state().leftOut()).containsOnlyKeys("b");
    }

    @Test
    void aFallbackThatNothingServesTakesNoGpuAway() {
        String row =
                """
                {"name":"a","endpoint":"http://h","models":[{"name":"m","fallbacks":["n"]}]}\
                """;
        put(gpu("b", "default", "n"));
        fold.apply("a", row.getBytes(UTF_8));
        assertThat(Registry.faults(inForce())).isEmpty();

        fold.apply("b", null);

        assertThat(inForce()).extracting(GpuSpec::name).containsExactly("a");
        assertThat(Registry.faults(inForce()))
                .containsExactly("model m: fallback n is served by no GPU");
    }
}
