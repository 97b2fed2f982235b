package io.kagu.cli.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All lines of an input in order; a custom id counts once: a second line with it is malformed.
 * Filled line by line, then only read.
 */
public final class InputIndex {

    private final List<IndexedLine> lines = new ArrayList<>();
    private final Map<String, Integer> lineOfId = new HashMap<>();

    /** Takes in the next line, which stands at an offset in the file. */
    public void add(int number, ParsedLine line, long offset, int length) {
        switch (line) {
            case ParsedLine.Good(JobRequest request) -> addJob(number, request, offset, length);
            case ParsedLine.Bad(String customId, List<String> faults) ->
                    lines.add(new IndexedLine.Malformed(number, customId, faults));
        }
    }

    private void addJob(int number, JobRequest request, long offset, int length) {
        Integer first = lineOfId.putIfAbsent(request.customId(), number);
        if (first != null) {
            String fault =
                    "custom id \"%s\" is already that of line %d: each may stand once"
                            .formatted(request.customId(), first);
            lines.add(new IndexedLine.Malformed(number, request.customId(), List.of(fault)));
            return;
        }
        lines.add(
                new IndexedLine.Job(
                        number,
                        request.customId(),
                        request.priority(),
                        request.model(),
                        request.content(),
                        offset,
                        length));
    }

    /** Every line, blank ones left out. */
    public List<IndexedLine> lines() {
        return List.copyOf(lines);
    }

    /** The lines that are jobs. */
    public List<IndexedLine.Job> jobs() {
        return only(IndexedLine.Job.class);
    }

    /** The lines that are none. */
    public List<IndexedLine.Malformed> malformed() {
        return only(IndexedLine.Malformed.class);
    }

    private <T extends IndexedLine> List<T> only(Class<T> kind) {
        return lines.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
