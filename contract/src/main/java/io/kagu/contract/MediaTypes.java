package io.kagu.contract;

import java.util.Locale;

/** Names of media types that answers are read by. */
final class MediaTypes {

    static final String LINES = "application/x-ndjson";
    static final String EVENTS = "text/event-stream";
    static final String ANY = "*/*";

    private static final String JSON = "application/json";
    private static final String JSON_SUFFIX = "+json";

    private MediaTypes() {}

    /** A media type without its parameters. */
    static String bare(String type) {
        int parameters = type.indexOf(';');
        String bare = parameters < 0 ? type : type.substring(0, parameters);
        return bare.strip().toLowerCase(Locale.ROOT);
    }

    static boolean isJson(String bare) {
        return bare.equals(JSON) || bare.endsWith(JSON_SUFFIX);
    }
}
