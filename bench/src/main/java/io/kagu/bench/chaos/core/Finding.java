package io.kagu.bench.chaos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a guarantee's watcher found in a run.
 *
 * @param checked jobs, calls or answers that were looked at
 * @param violations one line for each
 * @param explained by reason, how often something happened that a fault of the run explains
 */
public record Finding(
        String guarantee,
        long checked,
        List<String> violations,
        SortedMap<String, Long> explained) {

    public Finding {
        violations = List.copyOf(violations);
        explained = new TreeMap<>(explained);
    }

    /** Whether the guarantee held. */
    public boolean held() {
        return violations.isEmpty();
    }

    /** A finding while it grows. */
    public static final class Tally {
        private final String guarantee;
        private long checked;
        private final List<String> violations = new ArrayList<>();
        private final SortedMap<String, Long> explained = new TreeMap<>();

        public Tally(String guarantee) {
            this.guarantee = guarantee;
        }

        /** One more was looked at. */
        public void check() {
            checked++;
        }

        public void violated(String what) {
            violations.add(what);
        }

        public void explained(String reason) {
            explained.merge(reason, 1L, Long::sum);
        }

        public Finding finding() {
            return new Finding(guarantee, checked, violations, explained);
        }
    }
}
