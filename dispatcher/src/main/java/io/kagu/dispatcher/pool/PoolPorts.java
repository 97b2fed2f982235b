package io.kagu.dispatcher.pool;

/** What the pools of a replica meet beside Kafka Streams. */
public record PoolPorts(
        CallPort calls,
        GpuTable gpus,
        SidecarTable sidecars,
        HeartbeatBook heartbeats,
        ToldEnds told,
        SourceTopics sources,
        PlaceDesk places,
        PoolMetrics metrics) {}
