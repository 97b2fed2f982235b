package io.kagu.statusapi.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which page of a list of dead letters is asked for.
 *
 * @param limit letters of a page at most
 * @param after the place of the last letter of the page before, newest first
 */
public record LetterQuery(LetterFilter filter, int limit, Optional<LetterPlace> after) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    /**
     * The query in a request's parameters, of which each may be given once.
     *
     * @throws FieldException naming the parameter and what is allowed
     */
    public static LetterQuery read(Map<String, List<String>> parameters) {
        List<String> known = new ArrayList<>(LetterFilter.FIELDS);
        known.addAll(List.of(LIMIT, CURSOR));
        Map<String, String> fields = Fields.once(parameters, known);
        return new LetterQuery(
                LetterFilter.read(fields),
                Optional.ofNullable(fields.get(LIMIT))
                        .map(LetterQuery::limit)
                        .orElse(DEFAULT_LIMIT),
                Optional.ofNullable(fields.get(CURSOR)).map(LetterPlace::ofCursor));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Falls through to the one answer for both faults.
        }
        throw new FieldException(LIMIT, "a whole number from 1 to " + MAX_LIMIT);
    }
}
