package io.kagu.ingest.desk;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.RegistryRow;
import io.kagu.common.gpu.RegistryTopic;
import io.kagu.ingest.core.gpu.ChangeRules;
import io.kagu.ingest.core.gpu.GpuChange;
import io.kagu.ingest.core.gpu.GpuRefusal;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a change of the registry and reads it back. Another ingest may write at the same time: the
 * rows have one order, so whoever comes second sees here that the two together break a rule, and
 * takes its own row back.
 */
public final class RegistryWriter {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryWriter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RegistryTopic registry;
    private final RegistryPublisher publisher;

    public RegistryWriter(RegistryTopic registry, RegistryPublisher publisher) {
        this.registry = registry;
        this.publisher = publisher;
    }

    /**
     * Writes a change; returns when this process knows it.
     *
     * @param judged the registry that the change was judged by
     * @return why the change does not stand; empty if it does
     */
    Optional<GpuRefusal> write(GpuChange change, Registry judged) throws InterruptedException {
        Optional<GpuSpec> fileEntry = registry.row(change.gpu()).flatMap(RegistryRow::fileEntry);
        List<String> before = faults(change.gpu(), judged);
        try {
            RecordMetadata written = send(change, fileEntry);
            if (!registry.awaitRead(written, PATIENCE)) {
                return Optional.of(new GpuRefusal.NotConfirmed());
            }
            List<String> broken =
                    ChangeRules.newFaults(before, faults(change.gpu(), registry.current()));
            if (!broken.isEmpty() && isLast(change.gpu(), written)) {
                takeBack(change.gpu(), judged, fileEntry);
                return Optional.of(new GpuRefusal.Contradicted(broken));
            }
            LOG.atInfo().addKeyValue("change", change).log("GPU registry changed");
            return Optional.empty();
        } catch (IllegalStateException e) {
            LOG.atWarn().addKeyValue("gpu", change.gpu()).setCause(e).log("change not confirmed");
            return Optional.of(new GpuRefusal.NotConfirmed());
        }
    }

    /** Of the GPUs in force, and of this one's row; another's row is its writer's to take back. */
    private List<String> faults(String gpu, Registry gpus) {
        List<String> faults = new ArrayList<>(Registry.faults(gpus.gpus()));
        faults.addAll(registry.leftOut().getOrDefault(gpu, List.of()));
        return faults;
    }

    private RecordMetadata send(GpuChange change, Optional<GpuSpec> fileEntry)
            throws InterruptedException {
        return switch (change) {
            case GpuChange.Put(GpuSpec spec) -> publisher.put(spec, fileEntry);
            case GpuChange.Remove(String gpu, _) -> publisher.remove(gpu);
        };
    }

    private boolean isLast(String gpu, RecordMetadata written) {
        return registry.row(gpu).filter(row -> row.offset() == written.offset()).isPresent();
    }

    private void takeBack(String gpu, Registry judged, Optional<GpuSpec> fileEntry)
            throws InterruptedException {
        LOG.atWarn().addKeyValue("gpu", gpu).log("change taken back: another contradicts it");
        Optional<GpuSpec> before = judged.gpu(gpu);
        if (before.isPresent()) {
            publisher.put(before.get(), fileEntry);
        } else {
            publisher.remove(gpu);
        }
    }
}
