package io.kagu.common.publish;

import java.time.Instant;

/**
 * Word that a job is stored and will reach its end.
 *
 * @param pool the pool whose GPUs serve the job's model
 * @param submittedAt by the publisher's clock
 */
public record Acknowledgement(String jobId, String pool, Instant submittedAt) {}
