package io.kagu.common.gpu;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * What the registry's topic says of a GPU beside its spec.
 *
 * @param offset of its last row
 * @param time when that was written, by the writer's clock
 * @param fileEntry the entry of a registry file that was applied to this GPU last
 * @param gone whether that row took the GPU away
 */
public record RegistryRow(long offset, Instant time, Optional<GpuSpec> fileEntry, boolean gone) {

    /** Header of a row: the entry of a registry file, as JSON. */
    static final String FILE_ENTRY = "kagu-file-entry";

    static RegistryRow of(ConsumerRecord<String, byte[]> record) {
        return new RegistryRow(
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                fileEntry(record.headers().lastHeader(FILE_ENTRY)),
                record.value() == null);
    }

    /** An entry that cannot be read counts as none: the file is applied again. */
    private static Optional<GpuSpec> fileEntry(@Nullable Header header) {
        try {
            return header == null || header.value() == null
                    ? Optional.empty()
                    : Optional.of(Json.read(header.value(), GpuSpec.class));
        } catch (BadJsonException e) {
            return Optional.empty();
        }
    }
}
