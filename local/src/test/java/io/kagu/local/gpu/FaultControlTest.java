package io.kagu.local.gpu;

import static io.kagu.local.gpu.GpuClient.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Faults and counters over HTTP. */
class FaultControlTest {

    private final SimulatedGpu gpu =
            SimulatedGpu.start(
                    SimulatedGpuConfig.of("gpu-a", "m").withServiceTime(ServiceTime.NONE));
    private final GpuClient client = new GpuClient(gpu);

    @AfterEach
    void stop() {
        client.close();
        gpu.close();
    }

    @Test
    void faultsAreReplacedAndShown() throws Exception {
        var json =
                "{\"faults\":[{\"kind\":\"status\",\"status\":502,\"next\":2},"
                        + "{\"kind\":\"slow\",\"factor\":3.0,\"probability\":0.25},"
                        + "{\"kind\":\"silent-sidecar\"}]}";

        var response = client.switchFaults(json);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(json(json));
        assertThat(gpu.faults().active())
                .containsExactly(
                        new SwitchedFault(new Fault.FailWith(502), new Reach.Next(2)),
                        new SwitchedFault(new Fault.Slow(3), new Reach.Sometimes(0.25)),
                        new SwitchedFault(new Fault.SilentSidecar(), Reach.EVERY));
        assertThat(client.ask("hi").statusCode()).isEqualTo(502);
        assertThat(json(client.get(gpu.controlUrl())).at("/faults/0/next").asInt()).isEqualTo(1);

        client.switchFaults("{\"faults\":[]}");
        assertThat(client.ask("hi").statusCode()).isEqualTo(200);
    }

    @Test
    void everyKindOfFaultHasAName() {
        var all =
                List.of(
                                new Fault.Refuse(),
                                new Fault.Die(),
                                new Fault.FailWith(500),
                                new Fault.TooManyRequests(1),
                                new Fault.Hang(),
                                new Fault.Slow(2),
                                new Fault.BrokenBody(),
                                new Fault.DropConnection(),
                                new Fault.LyingSidecar(new GpuReading(1, 2, 3, 4)),
                                new Fault.SilentSidecar(),
                                new Fault.GarbageSidecar())
                        .stream()
                        .map(fault -> new SwitchedFault(fault, Reach.EVERY))
                        .toList();

        assertThat(FaultsJson.read(FaultsJson.write(all))).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"faults\":[{\"kind\":\"explode\"}]}|explode",
                "{\"faults\":[{\"kind\":\"status\",\"status\":200}]}|must be 400 to 599, not 200",
                "{\"faults\":[{\"kind\":\"slow\",\"factor\":0}]}|factor must be above 0",
                "{\"faults\":[{\"kind\":\"hang\",\"next\":0}]}|next must be at least 1",
                "{\"faults\":[{\"kind\":\"hang\",\"next\":1,\"probability\":1}]}|not both",
                "{\"faults\":[{\"kind\":\"refuse\",\"next\":1}]}|whole server",
                "{\"faults\":[{\"kind\":\"hang\",\"colour\":1}]}|colour",
                "{\"faults\":[1]}|must be an object",
                "{}|array",
                "{|faults:"
            })
    void aWrongSwitchIs400AndChangesNothing(String body, String expected) throws Exception {
        gpu.faults().on(new Fault.BrokenBody());

        var response = client.switchFaults(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/message").asText()).contains(expected);
        assertThat(gpu.faults().active()).hasSize(1);
    }

    @Test
    void theCountersAreShown() throws Exception {
        client.ask("hi");
        client.post(GpuClient.CHAT, "{}");

        var counters = json(client.get(gpu.controlUrl().replace("/faults", "/calls")));

        assertThat(counters.path("started").asInt()).isEqualTo(2);
        assertThat(counters.path("running").asInt()).isZero();
        assertThat(counters.path("max_running").asInt()).isEqualTo(1);
        assertThat(counters.path("completed").asInt()).isEqualTo(1);
        assertThat(counters.path("rejected").asInt()).isEqualTo(1);
    }
}
