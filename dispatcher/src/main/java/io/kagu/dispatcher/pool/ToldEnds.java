package io.kagu.dispatcher.pool;

import io.kagu.common.job.JobView;

import java.util.List;

/**
 * The ends that readers were told. A crash may keep an event and lose the row it came from; the
 * next owner makes true again what was told, so that nobody ever sees a job end twice.
 */
@FunctionalInterface
public interface ToldEnds {

    /**
     * Terminal views in the events topic, oldest first.
     *
     * @param since epoch milliseconds of the newest change that is surely stored; 0 if none is
     */
    List<JobView> since(long since);
}
