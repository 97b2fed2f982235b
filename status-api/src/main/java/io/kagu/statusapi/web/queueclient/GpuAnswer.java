package io.kagu.statusapi.web.queueclient;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.kagu.common.gpu.ServedModel;
import io.kagu.statusapi.core.GpuReport;
import io.kagu.statusapi.core.SidecarReport;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A GPU in the words of queue clients.
 *
 * @param model the first that it serves
 * @param vramTotalMb MiB, as its sidecar says, else as it is registered
 * @param priority its order: among equals the lowest gets calls first
 * @param health its sidecar's word; null for a GPU without sidecar
 * @param usable whether a call may be sent to it as soon as a slot is free
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record GpuAnswer(
        String endpoint,
        Optional<String> model,
        List<String> models,
        String type,
        OptionalLong vramTotalMb,
        int priority,
        Optional<String> health,
        boolean usable,
        OptionalDouble gpuUtilPct,
        OptionalLong vramUsedMb,
        OptionalDouble vramPct,
        OptionalDouble tempC,
        OptionalDouble loadScore) {

    static GpuAnswer of(GpuReport gpu) {
        Optional<SidecarReport> sidecar = gpu.metrics();
        List<String> models = gpu.spec().models().stream().map(ServedModel::name).toList();
        return new GpuAnswer(
                gpu.spec().endpoint().toString(),
                models.stream().findFirst(),
                models,
                gpu.spec().type(),
                vramTotal(gpu),
                gpu.spec().order(),
                sidecar.map(SidecarReport::health),
                gpu.usable(),
                sidecar.map(SidecarReport::gpuUtilPct).orElse(OptionalDouble.empty()),
                sidecar.map(SidecarReport::vramUsedMb).orElse(OptionalLong.empty()),
                sidecar.map(SidecarReport::vramPct).orElse(OptionalDouble.empty()),
                sidecar.map(SidecarReport::tempC).orElse(OptionalDouble.empty()),
                gpu.loadScore());
    }

    private static OptionalLong vramTotal(GpuReport gpu) {
        OptionalLong told =
                gpu.metrics().map(SidecarReport::vramTotalMb).orElse(OptionalLong.empty());
        long registered = gpu.spec().vramMb();
        return told.isPresent() || registered == 0 ? told : OptionalLong.of(registered);
    }
}
