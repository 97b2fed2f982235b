package io.kagu.dispatcher.executor;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The owner's order to end a running call, heard by every executor; sent again until the outcome is
 * there.
 *
 * @param attempt which call of the job
 */
public record AbortCommand(int schema, String jobId, int attempt) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    /** An abort of one attempt. */
    public static AbortCommand of(String jobId, int attempt) {
        return new AbortCommand(SCHEMA, jobId, attempt);
    }

    /** This command as a record's value. */
    public byte[] toJson() {
        return Json.write(this);
    }

    /** This command as a record of the aborts topic. */
    public ProducerRecord<String, byte[]> toRecord(String topic) {
        return new ProducerRecord<>(topic, jobId, toJson());
    }

    /**
     * The command in a record's value.
     *
     * @throws BadJsonException if it is none
     */
    public static AbortCommand read(byte[] value) {
        AbortCommand command = Json.read(value, AbortCommand.class);
        if (command.jobId() == null || command.attempt() < 1) {
            throw new BadJsonException("no AbortCommand: job_id or attempt is missing");
        }
        return command;
    }
}
