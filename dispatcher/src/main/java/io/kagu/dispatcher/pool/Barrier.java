package io.kagu.dispatcher.pool;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.RecordHeaderReader;
import io.kagu.common.codec.RecordHeaderWriter;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A numbered mark that an owner writes into its own partition of the outcomes: reading it back
 * proves that every outcome acknowledged before was read.
 */
final class Barrier {

    private static final String TYPE = "io.kagu.barrier.v1";
    private static final String NUMBER = "ce_kagubarrier";

    private Barrier() {}

    /**
     * A barrier on its way.
     *
     * @param owner tells the barriers of one owner of the partition from those of another
     */
    static Emission emission(String owner, int partition, long number, long now) {
        Headers headers =
                RecordHeaderWriter.event(TYPE, owner, owner + '-' + number)
                        .put(NUMBER, number)
                        .headers();
        byte[] target = Integer.toString(partition).getBytes(StandardCharsets.US_ASCII);
        return new Emission(Sinks.BARRIERS, new Record<>("", target, now, headers));
    }

    static boolean is(Headers headers) {
        return type(headers).filter(TYPE::equals).isPresent();
    }

    /** The number of this owner's barrier; empty for another owner's. */
    static OptionalLong numberFor(String owner, Headers headers) {
        RecordHeaderReader reader = new RecordHeaderReader(headers);
        boolean mine = reader.text(CloudEventHeaders.SOURCE).filter(owner::equals).isPresent();
        return mine ? reader.number(NUMBER, 0) : OptionalLong.empty();
    }

    /** Sends each barrier to the partition it names. */
    static StreamPartitioner<String, byte[]> partitioner() {
        return (topic, key, target, partitions) ->
                Optional.of(
                        Set.of(Integer.parseInt(new String(target, StandardCharsets.US_ASCII))));
    }

    private static Optional<String> type(Headers headers) {
        return new RecordHeaderReader(headers).text(CloudEventHeaders.TYPE);
    }
}
