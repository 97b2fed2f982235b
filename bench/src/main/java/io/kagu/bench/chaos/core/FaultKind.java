package io.kagu.bench.chaos.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways in which a chaos run hurts the system. */
public enum FaultKind {
    /** kill -9 of a replica that owns a pool; started again at the end. */
    KILL_DISPATCHER(Victim.DISPATCHER, 12, true),
    /** A clean stop of such a replica, which scales in; the start at the end scales out. */
    STOP_DISPATCHER(Victim.DISPATCHER, 8, false),
    /** Such a replica stands still for longer than its session. */
    FREEZE_DISPATCHER(Victim.DISPATCHER, 10, true),
    /** Nothing passes between such a replica and the brokers. */
    CUT_DISPATCHER(Victim.DISPATCHER, 10, true),
    /** kill -9 of a broker; started again at the end. */
    KILL_BROKER(Victim.BROKER, 6, true),
    /** A clean stop of a broker and its start. */
    RESTART_BROKER(Victim.BROKER, 1, true),
    /** A broker stands still. */
    FREEZE_BROKER(Victim.BROKER, 6, true),
    /** A GPU answers 500. */
    GPU_FAILS(Victim.GPU, 4, false),
    /** A GPU answers 429. */
    GPU_OVERLOADED(Victim.GPU, 4, false),
    /** A GPU takes calls and does not answer. */
    GPU_HANGS(Victim.GPU, 4, true),
    /** A GPU closes the connection in the middle of its answer. */
    GPU_DISCONNECTS(Victim.GPU, 4, true),
    /** A GPU takes eight times as long. */
    GPU_SLOW(Victim.GPU, 5, false),
    /** A GPU's server is gone with all its connections. */
    GPU_DIES(Victim.GPU, 5, true),
    /** kill -9 of a status-api; started again at the end. */
    KILL_STATUS_API(Victim.STATUS_API, 5, false),
    /** kill -9 of ingest; started again at the end. */
    KILL_INGEST(Victim.INGEST, 5, false),
    /** Jobs that were acknowledged are submitted again. */
    DUPLICATES(Victim.INPUT, 0, false),
    /** Jobs are cancelled, whatever their state. */
    CANCELS(Victim.INPUT, 0, false),
    /** Records that nobody can read are written into every topic. */
    GARBAGE(Victim.INPUT, 0, false);

    private final Victim victim;
    private final int seconds;
    private final boolean cutsCalls;

    FaultKind(Victim victim, int seconds, boolean cutsCalls) {
        this.victim = victim;
        this.seconds = seconds;
        this.cutsCalls = cutsCalls;
    }

    public Victim victim() {
        return victim;
    }

    /** How long it lasts; 0 for what is done at once. */
    public int seconds() {
        return seconds;
    }

    /** Whether a call that it finds under way may have to be made again. */
    public boolean cutsCalls() {
        return cutsCalls;
    }

    /** Its name in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Its name as an option, in one word. */
    public String option() {
        return word().replace(' ', '-');
    }

    /**
     * The kind with this name as an option.
     *
     * @throws IllegalArgumentException if there is none; the message lists them all
     */
    public static FaultKind ofOption(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.option().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no fault '%s'; there are %s"
                                        .formatted(
                                                name,
                                                Arrays.stream(values())
                                                        .map(FaultKind::option)
                                                        .collect(Collectors.joining(", ")))));
    }
}
