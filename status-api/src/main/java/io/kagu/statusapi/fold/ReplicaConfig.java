package io.kagu.statusapi.fold;

import io.kagu.common.http.ReplicaAddress;

import java.nio.file.Path;

/**
 * One replica of the fold.
 *
 * @param stateDir folder for its stores
 * @param address where the others reach it
 * @param standbys copies of each partition's stores that other replicas keep
 */
public record ReplicaConfig(Path stateDir, ReplicaAddress address, int standbys) {}
