package io.kagu.bench.routing;

import java.util.Optional;

/** A way to decide which job runs where and when. Times are milliseconds from the start. */
interface Dispatch {

    /** A job came. */
    void arrived(FleetJob job, long now);

    /** A call ended and its slot is free. */
    void ended(Placement call, long now);

    /** A GPU's sidecar was read. */
    void scraped(FleetGpu gpu, SidecarNumbers numbers, long now);

    /** The next call to begin; empty if none can. */
    Optional<Placement> next(long now);
}
