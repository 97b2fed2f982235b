package io.kagu.common.publish;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.JobEventReader;
import io.kagu.common.codec.JobResult;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads results and events, and hands those of pending jobs on; others are not even decoded. */
final class ResponseReader {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseReader.class);

    private final PendingJobs pending;

    ResponseReader(PendingJobs pending) {
        this.pending = pending;
    }

    void result(ConsumerRecord<String, byte[]> row) {
        if (!concernsUs(row)) {
            return;
        }
        try {
            JobResult result = JobResult.read(row.headers());
            pending.answered(
                    new JobResponse(
                            row.key(),
                            result.status(),
                            result.contentType(),
                            Body.of(row.value()),
                            result.gpu(),
                            result.attempt()));
        } catch (BadRecordException e) {
            skip(row, e);
        }
    }

    void event(ConsumerRecord<String, byte[]> row) {
        if (!concernsUs(row)) {
            return;
        }
        try {
            pending.ended(JobEventReader.read(row.value()).job());
        } catch (BadJsonException e) {
            skip(row, e);
        }
    }

    private boolean concernsUs(ConsumerRecord<String, byte[]> row) {
        return row.key() != null && row.value() != null && pending.contains(row.key());
    }

    private static void skip(ConsumerRecord<String, byte[]> row, RuntimeException fault) {
        LOG.atWarn()
                .addKeyValue("jobId", row.key())
                .addKeyValue("topic", row.topic())
                .addKeyValue("fault", fault.getMessage())
                .log("record skipped");
    }
}
