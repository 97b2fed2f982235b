package io.kagu.common.gpu;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.TreeMap;

/**
 * Folds the rows of the registry's topic into the last valid registry. One thread applies, any may
 * read.
 */
public final class RegistryFold {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryFold.class);

    private final Map<String, GpuSpec> specs = new TreeMap<>();

    private volatile Registry current = Registry.EMPTY;

    /** The registry now; the same object until it changes. */
    public Registry current() {
        return current;
    }

    /** Applies a row: a spec, or nothing for a GPU that is gone. */
    public void apply(String gpu, byte @Nullable [] spec) {
        try {
            if (spec == null) {
                specs.remove(gpu);
            } else {
                specs.put(gpu, Json.read(spec, GpuSpec.class));
            }
            current = Registry.of(specs.values());
        } catch (BadJsonException | RegistryException e) {
            // A change of several rows may be invalid half-way: the last valid state stands.
            LOG.atWarn()
                    .addKeyValue("gpu", gpu)
                    .addKeyValue("fault", e.getMessage())
                    .log("registry row not applied");
        }
    }
}
