package io.kagu.dispatcher.executor;

import static io.kagu.common.codec.CloudEventHeaders.ATTEMPT;
import static io.kagu.common.codec.CloudEventHeaders.CONTENT_TYPE;
import static io.kagu.common.codec.CloudEventHeaders.ENDED;
import static io.kagu.common.codec.CloudEventHeaders.EXECUTOR;
import static io.kagu.common.codec.CloudEventHeaders.GPU;
import static io.kagu.common.codec.CloudEventHeaders.ID;
import static io.kagu.common.codec.CloudEventHeaders.OUTCOME;
import static io.kagu.common.codec.CloudEventHeaders.REASON;
import static io.kagu.common.codec.CloudEventHeaders.REASON_CODE;
import static io.kagu.common.codec.CloudEventHeaders.RETRY_AFTER;
import static io.kagu.common.codec.CloudEventHeaders.STARTED;
import static io.kagu.common.codec.CloudEventHeaders.STATUS;
import static io.kagu.common.codec.CloudEventHeaders.USED_TOKENS;

import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.RecordHeaderReader;
import io.kagu.common.codec.RecordHeaderWriter;
import io.kagu.common.job.JobIds;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Outcome records: how a call ended in headers, as CloudEvents 1.0 in binary mode; the value is the
 * response body of a completed call, else empty. Times are epoch milliseconds: nobody but the
 * dispatcher reads them, many times a second.
 */
public final class OutcomeRecords {

    /** {@code ce_type} of an outcome record. */
    public static final String TYPE = "io.kagu.outcome.v1";

    private static final String SOURCE = "/kagu/dispatcher";

    private OutcomeRecords() {}

    /** An outcome for the owner of its pool. */
    public static ProducerRecord<String, byte[]> write(
            String topic, String pool, AttemptOutcome attempt, byte[] body) {
        RecordHeaderWriter writer =
                RecordHeaderWriter.event(TYPE, SOURCE, attempt.jobId())
                        .put(ATTEMPT, attempt.attempt())
                        .put(GPU, attempt.gpu())
                        .put(EXECUTOR, attempt.executor())
                        .put(STARTED, attempt.startedAt())
                        .put(ENDED, attempt.endedAt())
                        .put(OUTCOME, attempt.outcome().word());
        attempt.tokens().ifPresent(used -> writer.put(USED_TOKENS, used));
        put(writer, attempt.outcome());
        return new ProducerRecord<>(topic, null, pool, body, writer.headers());
    }

    private static void put(RecordHeaderWriter writer, Outcome outcome) {
        switch (outcome) {
            case Outcome.Completed(int status, String contentType) ->
                    writer.put(STATUS, status).put(CONTENT_TYPE, contentType);
            case Outcome.Overloaded(OptionalLong retryAfter, String reason) -> {
                writer.put(REASON, reason);
                retryAfter.ifPresent(millis -> writer.put(RETRY_AFTER, millis));
            }
            case Outcome.Fault(String reason) -> writer.put(REASON, reason);
            case Outcome.Rejected(String code, OptionalInt status, String reason) -> {
                writer.put(REASON_CODE, code).put(REASON, reason);
                status.ifPresent(number -> writer.put(STATUS, number));
            }
            case Outcome.Lost(String reason) -> writer.put(REASON, reason);
            case Outcome.Aborted() -> {}
        }
    }

    /**
     * The outcome in some headers.
     *
     * @throws BadRecordException naming the header at fault
     */
    public static AttemptOutcome read(Headers headers) {
        RecordHeaderReader reader = new RecordHeaderReader(headers);
        return new AttemptOutcome(
                jobId(reader),
                reader.integer(ATTEMPT, 1).orElseThrow(() -> missing(ATTEMPT)),
                reader.required(GPU),
                reader.required(EXECUTOR),
                reader.number(STARTED, 0).orElseThrow(() -> missing(STARTED)),
                reader.number(ENDED, 0).orElseThrow(() -> missing(ENDED)),
                outcome(reader),
                reader.number(USED_TOKENS, 1));
    }

    private static String jobId(RecordHeaderReader reader) {
        String id = reader.required(ID);
        if (!JobIds.valid(id)) {
            throw new BadRecordException("header " + ID + " must match " + JobIds.PATTERN);
        }
        return id;
    }

    private static Outcome outcome(RecordHeaderReader reader) {
        String word = reader.required(OUTCOME);
        return switch (word) {
            case "completed" -> completed(reader);
            case "overloaded" ->
                    new Outcome.Overloaded(reader.number(RETRY_AFTER, 0), reason(reader));
            case "fault" -> new Outcome.Fault(reason(reader));
            case "rejected" ->
                    new Outcome.Rejected(
                            reader.required(REASON_CODE),
                            reader.integer(STATUS, 100),
                            reason(reader));
            case "lost" -> new Outcome.Lost(reason(reader));
            case "aborted" -> new Outcome.Aborted();
            default -> throw new BadRecordException("header " + OUTCOME + " is no outcome");
        };
    }

    private static Outcome completed(RecordHeaderReader reader) {
        return new Outcome.Completed(
                reader.integer(STATUS, 100).orElseThrow(() -> missing(STATUS)),
                reader.text(CONTENT_TYPE).orElse(OutcomeClassifier.OCTETS));
    }

    private static String reason(RecordHeaderReader reader) {
        return reader.text(REASON).orElse("");
    }

    private static BadRecordException missing(String header) {
        return new BadRecordException("missing header " + header);
    }
}
