package io.kagu.local.gpu;

/** The request cannot be served as it is; carries what the client is told. */
final class RejectedException extends RuntimeException {

    // Never serialised; exceptions of one call stay in its thread.
    private final transient ErrorAnswer answer;

    RejectedException(ErrorAnswer answer) {
        super(answer.message(), null, false, false);
        this.answer = answer;
    }

    ErrorAnswer answer() {
        return answer;
    }
}
