package io.kagu.common.job;

import java.util.Optional;

/**
 * What of a pool is paused: its jobs of one lane, of one model, of one model in one lane, or all.
 *
 * @param model canonical name
 */
public record PauseScope(Optional<Priority> priority, Optional<String> model) {

    /** The whole pool. */
    public static final PauseScope POOL = new PauseScope(Optional.empty(), Optional.empty());

    /** Whether jobs of this lane and model are in it. */
    public boolean covers(Priority lane, String ofModel) {
        return priority.map(lane::equals).orElse(true) && model.map(ofModel::equals).orElse(true);
    }

    /** The same for the same scope and no other; safe as part of a store's key. */
    public String key() {
        return priority.map(Priority::word).orElse("") + '/' + model.orElse("");
    }
}
