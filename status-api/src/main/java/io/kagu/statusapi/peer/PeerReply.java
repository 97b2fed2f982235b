package io.kagu.statusapi.peer;

import java.net.http.HttpResponse;

/** What came of asking another replica. */
public sealed interface PeerReply {

    /** It answered, whatever it said. */
    record Answered(HttpResponse<byte[]> response) implements PeerReply {

        /** Whether it cannot say now, as while it restores. */
        public boolean unavailable() {
            return response.statusCode() >= 500;
        }
    }

    /** No answer came: it is gone, cut off or too slow. */
    record Lost(String why) implements PeerReply {}
}
