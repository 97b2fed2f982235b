package io.kagu.ingest.core;

import java.util.Locale;
import java.util.Map;

/** Picks a job's fields out of HTTP headers; all other headers are left where they are. */
public final class HeaderFields {

    private static final String OWN = Field.HEADER_PREFIX.toLowerCase(Locale.ROOT);
    private static final String CONTENT_ENCODING = "Content-Encoding";
    private static final String IDENTITY = "identity";

    private HeaderFields() {}

    /** What the headers hold. */
    public sealed interface Picking {

        /** The fields. */
        record Picked(Fields fields) implements Picking {}

        /** A header that cannot be heeded. */
        record Refused(Refusal refusal) implements Picking {}
    }

    /** The fields of these headers, by name in any case. */
    public static Picking pick(Map<String, String> headers) {
        Fields fields = Fields.ofHeaders();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            var field = Field.ofHeader(name);
            if (field.isPresent()) {
                fields = fields.with(field.get(), header.getValue().strip());
            } else if (name.toLowerCase(Locale.ROOT).startsWith(OWN)) {
                return new Picking.Refused(new Refusal.UnknownField(name, Field.ownHeaders()));
            } else if (isEncoding(name, header.getValue())) {
                return new Picking.Refused(
                        new Refusal.InvalidField(CONTENT_ENCODING, "left out or " + IDENTITY));
            }
        }
        return new Picking.Picked(fields);
    }

    /** The GPU would get a compressed body without being told so. */
    private static boolean isEncoding(String name, String value) {
        return name.equalsIgnoreCase(CONTENT_ENCODING) && !value.strip().equalsIgnoreCase(IDENTITY);
    }
}
