package io.kagu.dispatcher.executor;

/** What was read of a response. A class and not a record because it holds an array. */
final class ResponseBody {

    private final byte[] bytes;
    private final boolean whole;

    /**
     * @param whole false if the response went on beyond the limit
     */
    ResponseBody(byte[] bytes, boolean whole) {
        this.bytes = bytes;
        this.whole = whole;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean whole() {
        return whole;
    }
}
