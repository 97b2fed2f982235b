package io.kagu.statusapi.query;

import io.kagu.common.job.JobPlace;
import io.kagu.statusapi.core.Inexact;

/** What came of asking a pool's owner where a job stands. */
sealed interface OwnersWord {

    /** The owner knows the job, though it may have begun or ended by now. */
    record Told(JobPlace place) implements OwnersWord {}

    /** There is none. */
    record None(Inexact why) implements OwnersWord {}
}
