package io.kagu.ingest.desk;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.RegistryRow;
import io.kagu.common.gpu.RegistryTopic;
import io.kagu.ingest.core.gpu.SeedPlan;
import io.kagu.ingest.core.gpu.SeedPlan.Applied;
import io.kagu.ingest.core.gpu.SeedPlan.Stored;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings what changed in the operator's file into the registry at start. */
public final class GpuSeeding {

    private static final Logger LOG = LoggerFactory.getLogger(GpuSeeding.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RegistryTopic registry;
    private final RegistryPublisher publisher;

    public GpuSeeding(RegistryTopic registry, RegistryPublisher publisher) {
        this.registry = registry;
        this.publisher = publisher;
    }

    /**
     * Applies the file and returns when this process has read it back, so that the first submission
     * finds its model. A file that contradicts GPUs that were registered over HTTP is not applied:
     * that is logged, and the registry stays in force as it is.
     *
     * @return whether the file was applied
     * @throws IllegalStateException if Kafka does not take part in time
     */
    public boolean seed(Registry file) {
        try {
            registry.caughtUp().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Map<String, Stored> stored = stored();
            SeedPlan plan = SeedPlan.decide(file.gpus(), stored);
            List<String> faults = Registry.faults(plan.after(stored));
            if (!faults.isEmpty()) {
                LOG.atError()
                        .addKeyValue("faults", faults)
                        .log("the file of GPUs is not applied: it contradicts registered ones");
                return false;
            }
            apply(plan);
            return true;
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "could not read the GPU registry from Kafka in " + PATIENCE.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not read the GPU registry", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the GPUs were registered", e);
        }
    }

    private Map<String, Stored> stored() {
        Map<String, Stored> stored = new TreeMap<>();
        for (String gpu : registry.stored()) {
            Optional<GpuSpec> inForce =
                    registry.leftOut().containsKey(gpu)
                            ? Optional.empty()
                            : registry.current().gpu(gpu);
            Optional<GpuSpec> fileEntry = registry.row(gpu).flatMap(RegistryRow::fileEntry);
            stored.put(gpu, new Stored(inForce, fileEntry));
        }
        return stored;
    }

    private void apply(SeedPlan plan) throws InterruptedException {
        List<RecordMetadata> written = new ArrayList<>();
        for (String gpu : plan.remove()) {
            LOG.atInfo().addKeyValue("gpu", gpu).log("GPU left the file and is forgotten");
            written.add(publisher.remove(gpu));
        }
        for (Applied entry : plan.put()) {
            LOG.atInfo().addKeyValue("gpu", entry.spec().name()).log("GPU registered by the file");
            written.add(publisher.put(entry.spec(), Optional.of(entry.fileEntry())));
        }
        for (RecordMetadata row : written) {
            if (!registry.awaitRead(row, PATIENCE)) {
                throw new IllegalStateException("the GPUs were registered but not read back");
            }
        }
    }
}
