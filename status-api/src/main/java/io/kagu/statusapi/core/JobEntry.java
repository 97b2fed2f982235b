package io.kagu.statusapi.core;

import io.kagu.common.job.JobStatus;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A job as a list holds it; its view says whether that still is so. */
public record JobEntry(ListPlace place, JobStatus state, JobLabels labels) {

    /** A job whose place is known, as it stands in a store. */
    public static JobEntry decode(ListPlace place, byte[] bytes) {
        return new JobEntry(
                place,
                ViewRow.state(bytes[0]),
                JobLabels.decode(Arrays.copyOfRange(bytes, 1, bytes.length)));
    }

    /** State and labels for a store: a letter, then the labels. */
    public byte[] encode() {
        byte[] told = labels.encode();
        return ByteBuffer.allocate(1 + told.length).put(ViewRow.letter(state)).put(told).array();
    }
}
