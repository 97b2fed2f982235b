package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/** Why a job's place is estimated and not its pool's owner's word. */
public enum Inexact {
    /** No owner of the pool was heard yet, or it does not say where it can be asked. */
    OWNER_UNKNOWN,
    /** The owner was not heard for some seconds. */
    OWNER_SILENT,
    /** The one that was asked does not own the pool any more, or does not yet. */
    OWNER_MOVED,
    /** The owner was asked and did not answer. */
    OWNER_UNREACHABLE,
    /** So many ask that this question was not answered in time. */
    OWNER_BUSY,
    /** The owner has not read the job yet. */
    NOT_TAKEN_IN,
    /** It is told from a copy of what is known. */
    STALE_COPY,
    /** Many are told of it at each change: the owner is not asked for that. */
    NOT_ASKED,
    /** The job waits for its retry and has no place before. */
    RETRYING;

    /** The word used in JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
