package io.kagu.bench.chaos.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * All faults of a run in the order of their times, drawn from a seed. Kinds are dealt like cards,
 * so that each comes as often as any other, give or take one.
 */
public record FaultSchedule(List<Fault> faults) {

    private static final long MILLIS = 1_000;

    public FaultSchedule {
        faults = List.copyOf(faults);
    }

    /**
     * Draws a schedule.
     *
     * @param kinds those that come
     * @param gapMillis from one fault to the next, on average
     */
    public static FaultSchedule draw(long seed, int count, List<FaultKind> kinds, long gapMillis) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Victim, Long> free = new EnumMap<>(Victim.class);
        List<Fault> faults = new ArrayList<>();
        List<FaultKind> deck = new ArrayList<>();
        long next = 0;
        while (faults.size() < count) {
            if (deck.isEmpty()) {
                deck.addAll(shuffled(kinds, random));
            }
            FaultKind kind = deck.removeLast();
            next += gapMillis / 2 + random.nextLong(gapMillis);
            next = Math.max(next, free.getOrDefault(kind.victim(), 0L));
            free.put(kind.victim(), next + (kind.seconds() + kind.victim().restSeconds()) * MILLIS);
            faults.add(new Fault(kind, random.nextInt(Integer.MAX_VALUE), next));
        }
        return new FaultSchedule(faults);
    }

    private static List<FaultKind> shuffled(List<FaultKind> kinds, SplittableRandom random) {
        List<FaultKind> left = new ArrayList<>(kinds);
        List<FaultKind> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.nextInt(left.size())));
        }
        return shuffled;
    }

    /** From its start until its last fault is over. */
    public long millis() {
        return faults.stream()
                .mapToLong(fault -> fault.atMillis() + fault.kind().seconds() * MILLIS)
                .max()
                .orElse(0);
    }
}
