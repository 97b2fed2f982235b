package io.kagu.dispatcher.executor;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Job;
import io.kagu.dispatcher.core.Lease;

/**
 * One attempt to be made: which job, on which GPU, with which body. A class and not a record
 * because it holds an array; nobody changes the body.
 */
public final class Call {

    private final Job job;
    private final String pool;
    private final Lease lease;
    private final GpuSpec gpu;
    private final byte[] body;
    private final String model;

    /** A call for the model that the job asks for. */
    public Call(Job job, String pool, Lease lease, GpuSpec gpu, byte[] body) {
        this.job = job;
        this.pool = pool;
        this.lease = lease;
        this.gpu = gpu;
        this.body = body;
        this.model = job.model();
    }

    private Call(Call other, String model) {
        this.job = other.job;
        this.pool = other.pool;
        this.lease = other.lease;
        this.gpu = other.gpu;
        this.body = other.body;
        this.model = model;
    }

    /** The same call, in which another model does the work. */
    public Call workedBy(String fallback) {
        return new Call(this, fallback);
    }

    /** Name or alias of the model that does the work: the job's own, or one that stands in. */
    public String model() {
        return model;
    }

    /** The job that is called for. */
    public Job job() {
        return job;
    }

    /** The pool whose owner waits for the outcome. */
    public String pool() {
        return pool;
    }

    /** The attempt's number. */
    public int attempt() {
        return lease.attempt();
    }

    /** The slot that it holds, and who is to make it. */
    public Lease lease() {
        return lease;
    }

    /** The GPU to call, as the registry had it when the lease was granted. */
    public GpuSpec gpu() {
        return gpu;
    }

    /** The request body, byte for byte. */
    public byte[] body() {
        return body;
    }
}
