package io.kagu.common.codec;

import org.apache.kafka.common.header.Headers;

import java.time.Instant;

/**
 * What a results record says of a response, beside its body.
 *
 * @param status the GPU's HTTP status
 * @param startedAt when the successful call began
 * @param endedAt when it ended
 */
public record JobResult(
        String id,
        int status,
        String contentType,
        String gpu,
        int attempt,
        Instant startedAt,
        Instant endedAt) {

    /** {@code ce_type} of a result record. */
    public static final String TYPE = "io.kagu.result.v1";

    private static final String OCTETS = "application/octet-stream";

    /** This result as record headers. */
    public Headers headers(String source) {
        return RecordHeaderWriter.event(TYPE, source, id)
                .put(CloudEventHeaders.CONTENT_TYPE, contentType)
                .put(CloudEventHeaders.STATUS, status)
                .put(CloudEventHeaders.GPU, gpu)
                .put(CloudEventHeaders.ATTEMPT, attempt)
                .put(CloudEventHeaders.STARTED, startedAt)
                .put(CloudEventHeaders.ENDED, endedAt)
                .headers();
    }

    /**
     * The result in some headers.
     *
     * @throws BadRecordException naming the header at fault
     */
    public static JobResult read(Headers headers) {
        RecordHeaderReader reader = new RecordHeaderReader(headers);
        return new JobResult(
                reader.required(CloudEventHeaders.ID),
                reader.integer(CloudEventHeaders.STATUS, 100).orElse(200),
                reader.text(CloudEventHeaders.CONTENT_TYPE).orElse(OCTETS),
                reader.required(CloudEventHeaders.GPU),
                reader.integer(CloudEventHeaders.ATTEMPT, 1).orElse(1),
                reader.time(CloudEventHeaders.STARTED).orElse(Instant.EPOCH),
                reader.time(CloudEventHeaders.ENDED).orElse(Instant.EPOCH));
    }
}
