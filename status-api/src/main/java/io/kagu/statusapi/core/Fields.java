package io.kagu.statusapi.core;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds callers to the fields that there are: a mistyped filter would mean far too much. */
final class Fields {

    private Fields() {}

    /**
     * Parameters of a query, each given once.
     *
     * @throws FieldException if one is unknown or given more often
     */
    static Map<String, String> once(Map<String, List<String>> parameters, List<String> known) {
        Map<String, String> fields = new TreeMap<>();
        parameters.forEach((name, values) -> {
            requireKnown(name, known);
            if (values.size() != 1) {
                throw new FieldException(name, "given once");
            }
            fields.put(name, values.getFirst());
        });
        return fields;
    }

    /** Names what there is, never what was sent. */
    static void requireKnown(String name, List<String> known) {
        if (!known.contains(name)) {
            throw new FieldException("fields", "among " + String.join(", ", known));
        }
    }
}
