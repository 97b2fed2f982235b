package io.kagu.common.gpu;

import static io.kagu.common.Samples.fullGpu;
import static io.kagu.common.Samples.gpu;
import static io.kagu.common.Samples.routedGpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

final class RegistryTest {

    private static List<String> faults(GpuSpec... gpus) {
        return assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> Registry.of(List.of(gpus)))
                .actual()
                .faults();
    }

    @Test
    void gpusAreInOrderOfTheirNames() {
        Registry registry = Registry.of(List.of(gpu("b", "p", "m"), gpu("a", "p", "m")));

        assertThat(registry.gpus()).extracting(GpuSpec::name).containsExactly("a", "b");
    }

    @Test
    void aModelIsFoundByItsNameAndItsAliases() {
        Registry registry = Registry.of(List.of(fullGpu(), gpu("gpu-p", "small", "embed")));

        assertThat(registry.poolOf("coder-27b")).contains("big");
        assertThat(registry.poolOf("standard")).contains("big");
        assertThat(registry.poolOf("embed")).contains("small");
        assertThat(registry.poolOf("none")).isEmpty();
        assertThat(registry.canonicalName("coder")).contains("coder-27b");
        assertThat(registry.canonicalName("none")).isEmpty();
        assertThat(registry.models()).containsExactly("coder-27b", "embed", "tiny-4b");
        assertThat(registry.pools()).containsExactly("big", "small");
        assertThat(registry.gpusOf("small")).extracting(GpuSpec::name).containsExactly("gpu-p");
        assertThat(Registry.serves(fullGpu(), "tiny-4b")).isTrue();
        assertThat(Registry.serves(fullGpu(), "embed")).isFalse();
    }

    @Test
    void aChangedGpuTakesThePlaceOfTheOneWithItsName() {
        Registry registry = Registry.of(List.of(gpu("a", "p", "m"), gpu("b", "p", "m")));

        assertThat(registry.with(gpu("b", "p", "other")))
                .containsExactly(gpu("a", "p", "m"), gpu("b", "p", "other"));
    }

    @Test
    void theEmptyRegistryIsValid() {
        assertThat(Registry.of(List.of()).gpus()).isEmpty();
        assertThat(Registry.EMPTY.poolOf("m")).isEmpty();
    }

    @Test
    void aNameIsUsedOnce() {
        assertThat(faults(gpu("a", "p", "m"), gpu("a", "p", "n")))
                .containsExactly("gpu a: name is used twice");
    }

    @Test
    void namesAndPoolsAreSafeEverywhere() {
        assertThat(faults(gpu("a b", "p/q", "m")))
                .containsExactly(
                        "gpu a b: name must match [A-Za-z0-9][A-Za-z0-9._:-]{0,127}",
                        "gpu a b: pool must match [A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "host:8000", "/v1", "http:///v1"})
    void anEndpointIsAnHttpUrlWithAHost(String endpoint) {
        assertThat(faults(gpu("a", "p", "m").at(URI.create(endpoint), Sidecar.NONE)))
                .containsExactly("gpu a: endpoint must be an http or https URL with a host");
    }

    @Test
    void slotsAndTimeoutsHaveBounds() {
        assertThat(faults(sized("a", 0, 0), sized("b", 4097, 86401)))
                .containsExactly(
                        "gpu a: slots must be 1..4096",
                        "gpu a: call_timeout_seconds must be 1..86400",
                        "gpu b: slots must be 1..4096",
                        "gpu b: call_timeout_seconds must be 1..86400");
        assertThat(Registry.of(List.of(sized("a", 1, 1), sized("b", 4096, 86400))).gpus())
                .hasSize(2);
    }

    private static GpuSpec sized(String name, int slots, int timeoutSeconds) {
        return spec(name, List.of(ServedModel.of("m")), slots, timeoutSeconds);
    }

    private static GpuSpec serving(String name, ServedModel... models) {
        return spec(name, List.of(models), 1, 300);
    }

    private static GpuSpec spec(
            String name, List<ServedModel> models, int slots, int timeoutSeconds) {
        return new GpuSpec(
                name,
                URI.create("http://127.0.0.1:8001"),
                Sidecar.NONE,
                "p",
                "gpu",
                models,
                slots,
                0,
                0,
                timeoutSeconds,
                GpuLimits.NONE,
                Optional.empty());
    }

    @Test
    void aGpuServesAtLeastOneModel() {
        assertThat(faults(serving("a")))
                .containsExactly("gpu a: models must list at least one model");
    }

    @Test
    void aSidecarHasAUrl() {
        Sidecar noUrl = new Sidecar(Sidecar.Kind.VLLM, Optional.empty());

        assertThat(faults(gpu("a", "p", "m").at(URI.create("http://h"), noUrl)))
                .containsExactly("gpu a: sidecar url is missing");
    }

    @Test
    void aModelBelongsToOnePool() {
        assertThat(faults(gpu("a", "p", "m"), gpu("b", "q", "m")))
                .containsExactly(
                        "model m: served in pool p and in pool q; a model belongs to exactly one");
    }

    @Test
    void aNameOrAliasStandsForOneModel() {
        ServedModel first = new ServedModel("m", List.of("standard"), Optional.empty());
        ServedModel second = new ServedModel("n", List.of("standard", "m"), Optional.empty());

        assertThat(faults(serving("a", first, second)))
                .containsExactly(
                        "model name standard: stands for m and for n",
                        "model name m: stands for m and for n");
    }

    @Test
    void noNameIsBlank() {
        assertThat(faults(serving("a", new ServedModel("m", List.of(" "), Optional.empty()))))
                .containsExactly("model m: a name or alias is blank");
    }

    @Test
    void limitsAndDownRulesHaveBounds() {
        GpuSpec plain = sized("a", 1, 1);
        GpuSpec odd =
                new GpuSpec(
                        plain.name(),
                        plain.endpoint(),
                        plain.sidecar(),
                        plain.pool(),
                        plain.type(),
                        plain.models(),
                        1,
                        0,
                        0,
                        1,
                        new GpuLimits(
                                OptionalInt.of(0),
                                OptionalInt.of(3_600_001),
                                OptionalInt.of(0),
                                OptionalInt.of(4097)),
                        new DownAt(OptionalInt.of(101), OptionalInt.of(0), OptionalInt.of(201)),
                        new PreferredModels(List.of("n"), 0),
                        false,
                        Optional.empty());

        assertThat(faults(odd))
                .containsExactly(
                        "gpu a: limits.requests_per_minute must be 1..100000",
                        "gpu a: limits.min_pause_ms must be 1..3600000",
                        "gpu a: limits.tokens_per_minute must be 1..1000000000",
                        "gpu a: limits.concurrency must be 1..4096",
                        "gpu a: down_at.vram_pct must be 1..100",
                        "gpu a: down_at.util_pct must be 1..100",
                        "gpu a: down_at.temp_c must be 1..200",
                        "gpu a: preferred.spill_pct must be 1..100",
                        "gpu a: preferred.models: it does not serve n");
    }

    @Test
    void aFallbackIsAnotherModelOfTheSamePool() {
        ServedModel big =
                new ServedModel("m", List.of(), Optional.empty(), List.of("m", "none", "other"));

        assertThat(faults(serving("a", big), gpu("b", "q", "other")))
                .containsExactly(
                        "model m: fallback m is the model itself",
                        "model m: fallback none is served by no GPU",
                        "model m: fallback other is in another pool, q");
        assertThat(Registry.of(List.of(routedGpu())).models()).hasSize(2);
    }
}
