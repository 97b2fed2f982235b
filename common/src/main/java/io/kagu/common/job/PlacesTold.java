package io.kagu.common.job;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where some jobs of a pool stand, all at the same moment, as the pool's owner says.
 *
 * @param places of those jobs that it knows
 */
public record PlacesTold(List<JobPlace> places) {

    public PlacesTold {
        places = List.copyOf(requireNonNull(places, "places"));
    }
}
