package io.kagu.statusapi.web;

import io.kagu.common.http.ReplicaAddress;
import io.kagu.statusapi.fold.Owner;
import io.kagu.statusapi.fold.Owners;
import io.kagu.statusapi.peer.PeerClient;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The replicas of this service: which has what, and how they are asked. */
public record Replicas(Owners owners, PeerClient peers) {

    /** All other replicas that have something. */
    Set<ReplicaAddress> others() {
        Set<ReplicaAddress> others = new HashSet<>();
        for (Owner owner : owners.all()) {
            if (owner instanceof Owner.There(var address)) {
                others.add(address);
            }
        }
        return others;
    }

    /** The partitions of this replica. */
    Set<Integer> own() {
        List<Owner> all = owners.all();
        Set<Integer> own = new TreeSet<>();
        for (int partition = 0; partition < all.size(); partition++) {
            if (all.get(partition) instanceof Owner.Here) {
                own.add(partition);
            }
        }
        return own;
    }

    /** Who does what only one may do at a time: the replica that has the first partition. */
    Owner leader() {
        return owners.all().getFirst();
    }
}
