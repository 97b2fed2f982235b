package io.kagu.statusapi.query;

import io.kagu.common.http.ReplicaAddress;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the owners of pools where jobs stand. */
public interface OwnerClient {

    /**
     * Asks one owner, once; completes with a reply whatever happens, and soon.
     *
     * @param jobIds of at most {@link io.kagu.common.job.PlacesRequest#MOST_IDS} jobs of the pool
     */
    CompletableFuture<OwnerReply> ask(ReplicaAddress owner, String pool, List<String> jobIds);
}
