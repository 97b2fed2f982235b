package io.kagu.ingest.desk;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobView;
import io.kagu.common.publish.JobProducer;
import io.kagu.ingest.core.Body;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Puts jobs into Kafka within a bounded time. */
public final class JobStore {

    private final JobProducer producer;
    private final Duration timeout;

    /**
     * @param timeout after which a job counts as not stored, whatever Kafka still does with it
     */
    public JobStore(JobProducer producer, Duration timeout) {
        this.producer = producer;
        this.timeout = timeout;
    }

    /** Completes with the accepted view once Kafka has the job, or fails within the time-out. */
    CompletableFuture<JobView> store(Job job, String pool, Body body) {
        long begin = System.nanoTime();
        CompletableFuture<JobView> stored = producer.send(job, pool, body.bytes());
        long left = timeout.toNanos() - (System.nanoTime() - begin);
        return stored.orTimeout(Math.max(1, left), TimeUnit.NANOSECONDS);
    }
}
