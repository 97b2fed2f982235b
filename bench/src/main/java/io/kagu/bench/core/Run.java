package io.kagu.bench.core;

/**
 * What one side showed in one repeat.
 *
 * @param jobsPerSecond with the whole backlog in the topic from the start
 * @param atFixedRate at the rate that the user chose
 * @param atHalf at half of Kagu's own maximum, for both sides
 * @param cpuMicrosPerJob of its process, over that backlog: what others use of the machine counts
 *     less here than in the throughput
 * @param heapBytes used after a garbage collection
 * @param rssBytes resident memory of the process; 0 where the system does not tell
 */
public record Run(
        Side side,
        int repeat,
        double jobsPerSecond,
        double cpuMicrosPerJob,
        Latency atFixedRate,
        Latency atHalf,
        long heapBytes,
        long rssBytes) {}
