package io.kagu.ingest.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads request bodies up to a limit. */
public final class BoundedBody {

    /** A caller that is cut off while it still sends never gets to read why. */
    private static final long COURTESY_BYTES = 64L << 20;

    private BoundedBody() {}

    /** All bytes, or empty if there are more than the limit. */
    public static Optional<byte[]> read(InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length <= limit) {
            return Optional.of(bytes);
        }
        drain(in);
        return Optional.empty();
    }

    /** Reads on for a while and keeps nothing. */
    public static void drain(InputStream in) throws IOException {
        long left = COURTESY_BYTES;
        long skipped = in.skip(left);
        while (skipped > 0 && left > skipped) {
            left -= skipped;
            skipped = in.skip(left);
        }
    }
}
