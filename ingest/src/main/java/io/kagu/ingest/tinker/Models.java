package io.kagu.ingest.tinker;

import io.kagu.common.gpu.Registry;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.tinker.AskedModel;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The models that are served now.
 *
 * @param registry empty while it has not been read
 */
record Models(Supplier<Optional<Registry>> registry) {

    /** Looks up what a caller names. */
    AskedModel.Choice choose(AskedModel asked) {
        Optional<Registry> known = registry.get();
        return known.filter(it -> !it.models().isEmpty())
                .map(asked::in)
                .orElseGet(() ->
                        new AskedModel.Choice.Refused(new Refusal.NoModels(known.isPresent())));
    }

    /** All names that may be asked for, aliases among them; empty while that is unknown. */
    Optional<SortedSet<String>> names() {
        return registry.get().map(known -> new TreeSet<>(known.poolsByName().keySet()));
    }
}
