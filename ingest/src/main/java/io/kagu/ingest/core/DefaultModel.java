package io.kagu.ingest.core;

import io.kagu.common.gpu.Registry;

import java.util.Optional;

/**
 * Chooses the model of a job whose caller names none that is served.
 *
 * @param configured the operator's choice; empty means the first registered model by name
 */
public record DefaultModel(Optional<String> configured) {

    /** The asked model if it is served, else the default one; what was asked if there is none. */
    String choose(String asked, Registry registry) {
        if (registry.poolOf(asked).isPresent()) {
            return asked;
        }
        return configured.or(() -> registry.models().stream().findFirst()).orElse(asked);
    }
}
