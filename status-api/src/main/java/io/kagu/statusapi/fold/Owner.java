package io.kagu.statusapi.fold;

import io.kagu.common.http.ReplicaAddress;

/** Which replica folds a partition of jobs, as far as this one knows. */
public sealed interface Owner {

    /** This one, and its stores can be read. */
    record Here() implements Owner {}

    /** Another one. */
    record There(ReplicaAddress address) implements Owner {}

    /** None that is known: the partition is moving, or being restored here. */
    record Unknown() implements Owner {}
}
