package io.kagu.dispatcher.core;

import io.kagu.common.job.Choice;
import io.kagu.common.job.Choice.PassedOver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The GPUs that were looked at for a job: the best of those that could take its call, and what kept
 * the others from it. GPUs come in the order of their names.
 */
final class Shortlist {

    private static final int LENGTH = 1 + Choice.MAX_PASSED_OVER;

    private final List<Candidate> best = new ArrayList<>(LENGTH + 1);
    private final List<Candidate> usable = new ArrayList<>();
    private final List<Passed> hindered = new ArrayList<>(LENGTH);

    /** One number each, changed in place: many GPUs are looked at for one job. */
    private final Map<Hindrance, int[]> counts = new EnumMap<>(Hindrance.class);

    private record Passed(Gpu gpu, Hindrance why) {

        PassedOver told() {
            return new PassedOver(gpu.name(), why.word(), OptionalDouble.empty());
        }
    }

    void add(Candidate candidate) {
        usable.add(candidate);
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

    void add(Gpu gpu, Hindrance why) {
        counts.computeIfAbsent(why, _ -> new int[1])[0]++;
        int place = hindered.size();
        while (place > 0 && why.compareTo(hindered.get(place - 1).why()) < 0) {
            place--;
        }
        if (place < Choice.MAX_PASSED_OVER) {
            hindered.add(place, new Passed(gpu, why));
            if (hindered.size() > Choice.MAX_PASSED_OVER) {
                hindered.removeLast();
            }
        }
    }

    /** The one to be chosen; empty if none can take a call. */
    Optional<Gpu> first() {
        return best.isEmpty() ? Optional.empty() : Optional.of(best.getFirst().gpu());
    }

    /** Why the first one was chosen. */
    Choice explain(Optional<String> fallback) {
        Candidate chosen = best.getFirst();
        String rule = best.size() < 2 ? "sole" : chosen.differs(best.get(1)).pro();
        return new Choice(rule, fallback, chosen.rounded(), passedOver(chosen), counted(chosen));
    }

    private List<PassedOver> passedOver(Candidate chosen) {
        List<PassedOver> others = new ArrayList<>(Choice.MAX_PASSED_OVER);
        for (int i = 1; i < best.size(); i++) {
            others.add(best.get(i).passedOverFor(chosen));
        }
        for (int i = 0; i < hindered.size() && others.size() < Choice.MAX_PASSED_OVER; i++) {
            others.add(hindered.get(i).told());
        }
        return others;
    }

    private SortedMap<String, Integer> counted(Candidate chosen) {
        SortedMap<String, Integer> words = new TreeMap<>();
        counts.forEach((why, gpus) -> words.put(why.word(), gpus[0]));
        for (Candidate other : usable) {
            if (!other.gpu().name().equals(chosen.gpu().name())) {
                words.merge(chosen.differs(other).against(), 1, Integer::sum);
            }
        }
        return words;
    }
}
