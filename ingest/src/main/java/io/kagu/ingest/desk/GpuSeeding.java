package io.kagu.ingest.desk;

import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.RegistryTopic;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes the registry's topic say at start what the operator's file says. */
public final class GpuSeeding {

    private static final Logger LOG = LoggerFactory.getLogger(GpuSeeding.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(10);

    private final RegistryTopic registry;
    private final RegistryPublisher publisher;

    public GpuSeeding(RegistryTopic registry, RegistryPublisher publisher) {
        this.registry = registry;
        this.publisher = publisher;
    }

    /**
     * Replaces the registry and returns when this process has read it back, so that the first
     * submission finds its model.
     *
     * @throws IllegalStateException if Kafka does not take part in time
     */
    public void seed(Registry wanted) {
        try {
            registry.caughtUp().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            publisher.replace(registry.current(), wanted);
            awaitReadBack(wanted);
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

    private void awaitReadBack(Registry wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!registry.current().gpus().equals(wanted.gpus())) {
            if (System.nanoTime() > end) {
                LOG.atWarn().log("the GPU registry was changed by others while it was written");
                return;
            }
            Thread.sleep(GLANCE);
        }
        LOG.atInfo().addKeyValue("gpus", wanted.gpus().size()).log("GPUs registered");
    }
}
