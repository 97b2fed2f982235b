package io.kagu.dispatcher.pool;

import io.kagu.common.codec.JobRecords.Origin;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Records for tests, with headers of text. */
record RecordSample(String key, String value, Headers headers) {

    static final String BODY = "{\"model\":\"small\",\"messages\":[]}";

    /** A job record with nothing but what must be there. */
    static RecordSample job(String pool, String model) {
        return new RecordSample(pool, BODY, new RecordHeaders()).with("ce_kagumodel", model);
    }

    RecordSample with(String name, String text) {
        Headers more = new RecordHeaders(headers);
        more.add(name, text.getBytes(StandardCharsets.UTF_8));
        return new RecordSample(key, value, more);
    }

    Record<String, byte[]> row() {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new Record<>(key, bytes, RowSample.START, headers);
    }

    static Origin at(int partition, long offset) {
        Instant time = Instant.ofEpochMilli(RowSample.START);
        return new Origin("kagu.jobs.high", partition, offset, time);
    }

    /** The text of a header, the last of its name. */
    static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
}
