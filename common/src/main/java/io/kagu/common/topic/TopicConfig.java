package io.kagu.common.topic;

/**
 * The settings that shape the topics; the same for all services of one installation.
 *
 * @param prefix in front of every topic, group and store name, such as {@code kagu.}
 * @param partitions of every topic keyed by pool or job id; fixed when the topics are made
 * @param replication copies of each partition
 * @param maxBodyBytes largest request body
 * @param maxResponseBytes largest response body that is kept
 * @param retentionHours how long job topics keep their records
 */
public record TopicConfig(
        String prefix,
        int partitions,
        short replication,
        int maxBodyBytes,
        int maxResponseBytes,
        int retentionHours) {

    /** Room for headers, keys and record framing on top of a body. */
    public static final int RECORD_OVERHEAD_BYTES = 64 * 1024;

    /** Largest request record, headers included. */
    public int maxRequestRecordBytes() {
        return maxBodyBytes + RECORD_OVERHEAD_BYTES;
    }

    /** Largest record that carries a response, headers included. */
    public int maxResponseRecordBytes() {
        return Math.max(maxBodyBytes, maxResponseBytes) + RECORD_OVERHEAD_BYTES;
    }

    /** Of the copies of a record, how many must be on disk before it is acknowledged. */
    public int minInSyncReplicas() {
        return replication > 2 ? replication - 1 : 1;
    }
}
