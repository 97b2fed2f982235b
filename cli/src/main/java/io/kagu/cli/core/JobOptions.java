package io.kagu.cli.core;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a line may say about its job besides model, priority and body.
 *
 * @param path of the GPU server
 */
public record JobOptions(
        String path,
        Optional<String> tenant,
        Optional<Instant> deadline,
        OptionalInt maxAttempts,
        OptionalLong tokens,
        Optional<URI> callback,
        Optional<String> affinity) {}
