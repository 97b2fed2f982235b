package io.kagu.contract;

import java.util.ArrayList;
import java.util.List;

/**
 * One event of a stream (WHATWG HTML, "Server-sent events").
 *
 * @param name {@code message} if it says none
 */
record ServerSentEvent(String name, String data) {

    private static final String END = "\n\n";

    /** The events of a stream so far; one that has not ended yet is left out, as are comments. */
    static List<ServerSentEvent> wholeOnesOf(String stream) {
        List<ServerSentEvent> events = new ArrayList<>();
        int from = 0;
        for (int end = stream.indexOf(END); end >= 0; end = stream.indexOf(END, from)) {
            ServerSentEvent event = read(stream.substring(from, end));
            if (!event.data().isEmpty()) {
                events.add(event);
            }
            from = end + END.length();
        }
        return events;
    }

    private static ServerSentEvent read(String block) {
        String name = "message";
        StringBuilder data = new StringBuilder();
        for (String line : block.split("\n", -1)) {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data.append(line.substring("data: ".length()));
            }
        }
        return new ServerSentEvent(name, data.toString());
    }
}
