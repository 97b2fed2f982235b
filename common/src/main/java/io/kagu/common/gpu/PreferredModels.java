package io.kagu.common.gpu;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Models whose jobs go to a GPU before they go to any other.
 *
 * @param models names of models that it serves
 * @param spillPct from this share of its slots in use, percent, it is preferred no longer
 */
public record PreferredModels(List<String> models, int spillPct) {

    /** Preferred for nothing. */
    public static final PreferredModels NONE = new PreferredModels(List.of(), 100);

    public PreferredModels {
        models = List.copyOf(models);
    }

    @JsonCreator
    static PreferredModels of(
            @JsonProperty(value = "models", required = true) List<String> models,
            @JsonProperty("spill_pct") @Nullable Integer spillPct) {
        return new PreferredModels(models, spillPct == null ? NONE.spillPct() : spillPct);
    }
}
