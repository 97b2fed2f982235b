package io.kagu.statusapi.query;

import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.ResultRow;

/** What can be said of a job's response. */
public sealed interface ResultLookup {

    /** The GPU's response. */
    record Answered(ResultRow response) implements ResultLookup {}

    /** There is none yet. */
    record Waiting(JobView job) implements ResultLookup {}

    /** There will be none: the job is dead, cancelled or expired. */
    record Failed(JobView job) implements ResultLookup {}

    /** There is no such job. */
    record Absent() implements ResultLookup {}

    /** It cannot be said yet. */
    record NotReady() implements ResultLookup {}
}
