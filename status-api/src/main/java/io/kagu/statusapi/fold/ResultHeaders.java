package io.kagu.statusapi.fold;

import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.RecordHeaderReader;
import io.kagu.statusapi.core.ResponseHead;

import org.apache.kafka.common.header.Headers;

/** Reads of a results record what readers are told; its times stand in the job's view. */
final class ResultHeaders {

    private static final int LOWEST_STATUS = 100;
    private static final int DEFAULT_STATUS = 200;
    private static final String OCTETS = "application/octet-stream";

    private ResultHeaders() {}

    /**
     * What the headers say.
     *
     * @throws BadRecordException naming the header at fault
     */
    static ResponseHead read(Headers headers) {
        RecordHeaderReader reader = new RecordHeaderReader(headers);
        return new ResponseHead(
                reader.integer(CloudEventHeaders.STATUS, LOWEST_STATUS).orElse(DEFAULT_STATUS),
                reader.text(CloudEventHeaders.CONTENT_TYPE).orElse(OCTETS),
                reader.required(CloudEventHeaders.GPU),
                reader.integer(CloudEventHeaders.ATTEMPT, 1).orElse(1));
    }
}
