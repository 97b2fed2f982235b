package io.kagu.dispatcher.core;

import io.kagu.common.job.Choice;
import io.kagu.common.job.Choice.PassedOver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The best GPUs for a job among all that were looked at, and what kept the others from it. */
final class Shortlist {

    private static final int LENGTH = 1 + Choice.MAX_PASSED_OVER;

    private final List<Candidate> best = new ArrayList<>(LENGTH + 1);
    private final List<Candidate> usable = new ArrayList<>();
    private final Map<Hindrance, Integer> hindered = new EnumMap<>(Hindrance.class);

    void add(Candidate candidate) {
        if (candidate.usable()) {
            usable.add(candidate);
        }
        candidate.hindrance().ifPresent(why -> hindered.merge(why, 1, Integer::sum));
        int place = best.size();
        while (place > 0 && Candidate.ORDER.compare(candidate, best.get(place - 1)) < 0) {
            place--;
        }
        if (place < LENGTH) {
            best.add(place, candidate);
            if (best.size() > LENGTH) {
                best.removeLast();
            }
        }
    }

    /** The one to be chosen; empty if none can take a call. */
    Optional<Candidate> first() {
        return best.isEmpty()
                ? Optional.empty()
                : Optional.of(best.getFirst()).filter(Candidate::usable);
    }

    /** Why the first one was chosen. */
    Choice explain(Optional<String> fallback) {
        Candidate chosen = best.getFirst();
        List<PassedOver> others = best.stream().skip(1).map(c -> c.passedOver(chosen)).toList();
        String rule = usable.size() < 2 ? "sole" : chosen.before(best.get(1)).pro();
        return new Choice(rule, fallback, chosen.rounded(), others, counts(chosen));
    }

    private SortedMap<String, Integer> counts(Candidate chosen) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        hindered.forEach((why, gpus) -> counts.put(why.word(), gpus));
        for (Candidate other : usable) {
            if (!other.gpu().name().equals(chosen.gpu().name())) {
                counts.merge(chosen.before(other).against(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
