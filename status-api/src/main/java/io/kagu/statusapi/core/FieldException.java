package io.kagu.statusapi.core;

/** A field of a request that cannot be taken, and what could. */
public final class FieldException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String allowed;

    FieldException(String field, String allowed) {
        super(field + " must be " + allowed, null, false, false);
        this.field = field;
        this.allowed = allowed;
    }

    /** The field's name. */
    public String field() {
        return field;
    }

    /** What it may be. */
    public String allowed() {
        return allowed;
    }
}
