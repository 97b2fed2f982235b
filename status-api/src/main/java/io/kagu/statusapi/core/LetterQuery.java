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
public record LetterQuery(LetterFilter filter, int limit, Optional<ListPlace> after) {

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
                Fields.limit(fields),
                Optional.ofNullable(fields.get(CURSOR)).map(ListPlace::ofCursor));
    }
}
