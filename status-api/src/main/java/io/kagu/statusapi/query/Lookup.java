package io.kagu.statusapi.query;

import io.kagu.common.job.JobView;

/** What can be said of a job. */
public sealed interface Lookup {

    /** The job exists. */
    record Found(JobView job) implements Lookup {}

    /** No such job was ever accepted, or it was forgotten after its retention. */
    record Absent() implements Lookup {}

    /** It cannot be said yet: the stores are moving or restored, or the fold is far behind. */
    record NotReady() implements Lookup {}
}
