package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Job;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What a pool can be asked to do. Times are epoch milliseconds by the owner's clock. */
public sealed interface PoolCommand {

    /**
     * Take a job in.
     *
     * @param model canonical name
     * @param cost tokens that the job is taken to need
     * @param bodyDigest tells another body under the same id
     */
    record Submit(Job job, String model, long cost, long bodyDigest, long now)
            implements PoolCommand {}

    /**
     * Give a dead job its next run, unless it has it.
     *
     * @param submit the job and what it starts with
     * @param run the one that ended
     * @param version of the view that told its end
     * @param attempts of all runs so far
     */
    record Requeue(Submit submit, int run, long version, List<Attempt> attempts)
            implements PoolCommand {

        public Requeue {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Take a dead letter back for good.
     *
     * @param run the life of the job that it tells of
     */
    record Discard(String jobId, int run, long now) implements PoolCommand {}

    /**
     * Take in a job that another pool had.
     *
     * @param before where that pool left it
     */
    record Adopt(Submit submit, Handover before) implements PoolCommand {}

    /** Take note of how an attempt ended. */
    record Finish(AttemptOutcome outcome, long now) implements PoolCommand {}

    /**
     * Withdraw a job in whatever state it is.
     *
     * @param run the last one that is meant; a cancel that comes again ends no later one
     */
    record Cancel(String jobId, OptionalInt run, long now) implements PoolCommand {

        boolean means(JobRow row) {
            return run.isEmpty() || row.run() <= run.getAsInt();
        }
    }

    /** Queue a job again whose retry came back, if its due time has come. */
    record Retry(String jobId, int attempt, long now) implements PoolCommand {}

    /**
     * Give one free slot to the first job that can use it.
     *
     * @param taker who would make the call
     */
    record Fill(Taker taker, long now) implements PoolCommand {}

    /** Move on what a due time or deadline has come for. */
    record Tick(long now) implements PoolCommand {}

    /**
     * Look after the leases.
     *
     * @param barriers how far the owner has read its own barriers
     */
    record Watch(Sightings sightings, Barriers barriers, long now) implements PoolCommand {}

    /**
     * Use these GPUs from now on.
     *
     * @param homes the pool of every model and alias
     */
    record UseGpus(List<GpuSpec> gpus, Map<String, String> homes, long now) implements PoolCommand {

        public UseGpus {
            gpus = List.copyOf(gpus);
        }
    }

    /** Let some jobs wait, whatever GPUs are free. */
    record PauseQueue(Pause pause) implements PoolCommand {}

    /** End a pause. */
    record ResumeQueue(PauseScope scope) implements PoolCommand {}

    /** Take note of what sidecars said; those of other pools' GPUs do not matter. */
    record ReadSidecars(List<SidecarReading> readings) implements PoolCommand {

        public ReadSidecars {
            readings = List.copyOf(readings);
        }
    }
}
