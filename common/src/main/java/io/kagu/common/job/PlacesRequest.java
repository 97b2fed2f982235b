package io.kagu.common.job;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Asks the owner of a pool where some of its jobs stand: the body of {@link #PATH}.
 *
 * @param ids of the jobs
 */
public record PlacesRequest(List<String> ids) {

    /** Where the owner is asked, by POST. */
    public static final String PATH = "/v1/pools/{pool}/places";

    /** Jobs that an owner tells of in one answer. */
    public static final int MOST_IDS = 128;

    public PlacesRequest {
        ids = List.copyOf(requireNonNull(ids, "ids"));
    }
}
