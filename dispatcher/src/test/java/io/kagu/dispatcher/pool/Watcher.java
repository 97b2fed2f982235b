package io.kagu.dispatcher.pool;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobView;
import io.kagu.dispatcher.executor.Call;

import java.util.OptionalInt;

/** A guarantee that watches a run and fails it the moment it is broken, or at its end. */
interface Watcher {

    /** A producer's record was acknowledged. */
    default void submitted(Job job) {}

    /** Whether a view is of a job on its way from one pool to another. */
    static boolean onItsWay(JobView job) {
        return job.reason().filter(reason -> reason.code().equals("forwarded")).isPresent();
    }

    /** An owner took over from what the stores held. */
    default void takenOver(Iterable<JobEvent> liveJobs) {}

    /** The owner wrote an event; it may still be lost in a crash. */
    default void told(JobEvent event) {}

    /** An event is in its topic. */
    default void published(JobEvent event) {}

    /** A result is in its topic. */
    default void resultPublished(String jobId, int attempt) {}

    /** A dead letter of this run is in its topic; empty if the job's letter was taken back. */
    default void deadLetter(String jobId, OptionalInt run) {}

    /** A command to take a dead letter back for good was read. */
    default void discarded(String jobId, int run) {}

    /** A GPU left the registry. */
    default void gpuRemoved(String gpu) {}

    /** A GPU began a call. */
    default void callBegan(Call call) {}

    /** A GPU ended a call, or its caller died. */
    default void callEnded(Call call) {}

    /** The run is over, every fault is mended and everything had time to settle. */
    default void atEnd() {}
}
