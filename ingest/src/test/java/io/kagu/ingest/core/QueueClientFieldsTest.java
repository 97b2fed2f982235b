package io.kagu.ingest.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.ingest.core.HeaderFields.Picking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class QueueClientFieldsTest {

    private static final Registry WITH_STANDARD =
            registry(
                    new ServedModel("chat-35b", List.of("standard"), Optional.empty()),
                    ServedModel.of("big-70b"));

    private static final Registry WITHOUT_STANDARD =
            registry(ServedModel.of("chat-35b"), ServedModel.of("big-70b"));

    @Test
    void whoNamesNothingGetsTheStandardModelAndNormalPriority() {
        Fields fields = pick(Map.of(), WITH_STANDARD);

        assertThat(fields.value(Field.MODEL)).contains("standard");
        assertThat(fields.value(Field.PRIORITY)).contains("normal");
    }

    @ParameterizedTest
    @CsvSource({"X-Syslog-Model, X-Syslog-Priority", "x-syslog-model, x-syslog-priority"})
    void modelAndPriorityAreReadInAnyCase(String model, String priority) {
        Fields fields = pick(Map.of(model, " chat-35b ", priority, "High"), WITH_STANDARD);

        assertThat(fields.value(Field.MODEL)).contains("chat-35b");
        assertThat(fields.value(Field.PRIORITY)).contains("high");
    }

    @Test
    void anUnknownPriorityIsNormal() {
        assertThat(pick(Map.of("X-Syslog-Priority", "emerg"), WITH_STANDARD).value(Field.PRIORITY))
                .contains("normal");
    }

    @Test
    void aModelThatIsNotServedBecomesTheFirstByName() {
        assertThat(pick(Map.of("X-Syslog-Model", "gone"), WITHOUT_STANDARD).value(Field.MODEL))
                .contains("big-70b");
        assertThat(pick(Map.of(), WITHOUT_STANDARD).value(Field.MODEL)).contains("big-70b");
    }

    @Test
    void theOperatorsChoiceGoesBeforeTheFirstByName() {
        QueueClientFields chosen = new QueueClientFields(new DefaultModel(Optional.of("chat-35b")));

        assertThat(fields(chosen.pick(Map.of(), WITHOUT_STANDARD)).value(Field.MODEL))
                .contains("chat-35b");
    }

    @Test
    void withoutAnyModelWhatWasAskedIsKept() {
        assertThat(pick(Map.of("X-Syslog-Model", "m"), Registry.EMPTY).value(Field.MODEL))
                .contains("m");
    }

    @Test
    void ourOwnHeadersAreHeededBesideTheirs() {
        Fields fields =
                pick(
                        Map.of(
                                "X-Kagu-Tenant", "acme",
                                "X-Kagu-Model", "big-70b",
                                "X-Kagu-Priority", "low",
                                "X-Syslog-Priority", "high"),
                        WITH_STANDARD);

        assertThat(fields.value(Field.TENANT)).contains("acme");
        assertThat(fields.value(Field.MODEL)).contains("big-70b");
        assertThat(fields.value(Field.PRIORITY)).contains("high");
    }

    private static Fields pick(Map<String, String> headers, Registry registry) {
        return fields(
                new QueueClientFields(new DefaultModel(Optional.empty())).pick(headers, registry));
    }

    private static Fields fields(Picking picking) {
        return ((Picking.Picked) picking).fields();
    }

    private static Registry registry(ServedModel... models) {
        return Registry.of(
                List.of(
                        new GpuSpec(
                                "gpu",
                                URI.create("http://127.0.0.1:9/"),
                                Sidecar.NONE,
                                "pool",
                                "gpu",
                                List.of(models),
                                1,
                                0,
                                0,
                                300,
                                GpuLimits.NONE,
                                Optional.empty())));
    }
}
