package io.kagu.contract;

import com.fasterxml.jackson.core.JsonPointer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A route of a description. In order, a route whose path has fewer parameters comes first: it
 * answers where both could.
 *
 * @param at where it is described
 */
record DescribedRoute(String method, String template, Pattern paths, JsonPointer at)
        implements Comparable<DescribedRoute> {

    private static final Comparator<DescribedRoute> ORDER =
            Comparator.comparingLong(DescribedRoute::parameters)
                    .thenComparing(DescribedRoute::template)
                    .thenComparing(DescribedRoute::method);

    static DescribedRoute of(String template, String method) {
        JsonPointer at =
                JsonPointer.empty()
                        .appendProperty("paths")
                        .appendProperty(template)
                        .appendProperty(method);
        return new DescribedRoute(method.toUpperCase(Locale.ROOT), template, paths(template), at);
    }

    private static Pattern paths(String template) {
        return Pattern.compile(
                Arrays.stream(template.split("/", -1))
                                .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                                .collect(Collectors.joining("/"))
                        + "/?");
    }

    /** As it is told, such as {@code GET /v1/jobs/{id}}. */
    String name() {
        return method + " " + template;
    }

    boolean answers(String asked, String path) {
        return method.equals(asked) && paths.matcher(path).matches();
    }

    private long parameters() {
        return template.chars().filter(c -> c == '{').count();
    }

    @Override
    public int compareTo(DescribedRoute other) {
        return ORDER.compare(this, other);
    }
}
