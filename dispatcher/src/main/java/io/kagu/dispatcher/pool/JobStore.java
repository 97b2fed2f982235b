package io.kagu.dispatcher.pool;

import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.dispatcher.core.BreakerState;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.Rows;

import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The rows of a task's jobs in one changelogged store. Rows of one input are gathered and written
 * together by {@link #flush}, each job once.
 *
 * <p>Keys: {@code L} live row, or in its place the marker of a job that went to another pool,
 * {@code E} ended row (never overwritten by a live one; the next run of its job is a live row
 * beside it), {@code X} ended rows by time, {@code F} markers by time, {@code B} body, {@code C}
 * cancel that came before its job, {@code G} breaker of a GPU, {@code O} number by name, {@code P}
 * pause. One store and so one changelog partition: a crash keeps a prefix of the writes, in their
 * order, so that a live row never lacks its body.
 */
final class JobStore {

    private static final char LIVE = 'L';
    private static final char ENDED = 'E';
    private static final char ENDED_BY_TIME = 'X';
    private static final char FORWARDED_BY_TIME = 'F';
    private static final char BODY = 'B';
    private static final char CANCEL = 'C';
    private static final char BREAKER = 'G';
    private static final char NUMBER = 'O';
    private static final char PAUSE = 'P';
    private static final char SEPARATOR = '\u0000';
    private static final int TIME_DIGITS = 13;
    private static final long LAST_TIME = 9_999_999_999_999L;
    private static final byte[] PRESENT = {1};

    /** Name of a number; no topic's, since it has a space. */
    private static final String NEWEST_CHANGE = "newest change";

    private final KeyValueStore<String, byte[]> store;
    private final Map<String, JobRow> gathered = new LinkedHashMap<>();
    private final Map<String, BreakerState> breakers = new LinkedHashMap<>();
    private final DecodedRows decoded = new DecodedRows();
    private long newestChange;

    JobStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** Names a job of a pool. */
    record JobKey(String pool, String jobId) {

        static JobKey of(JobRow row) {
            return new JobKey(row.pool(), row.id());
        }

        String text() {
            return pool + SEPARATOR + jobId;
        }

        static JobKey parse(String text) {
            int cut = text.indexOf(SEPARATOR);
            return new JobKey(text.substring(0, cut), text.substring(cut + 1));
        }
    }

    /** The rows of one pool, what was gathered included. */
    Rows of(String pool) {
        return jobId -> find(new JobKey(pool, jobId));
    }

    private Optional<JobRow> find(JobKey key) {
        String text = key.text();
        JobRow fresh = gathered.get(text);
        if (fresh != null) {
            return Optional.of(fresh);
        }
        return decoded.find(text).or(() -> stored(text));
    }

    private Optional<JobRow> stored(String text) {
        Optional<JobRow> ended = read(ENDED + text);
        return ended.isPresent() ? liveAfter(ended.get(), text).or(() -> ended) : read(LIVE + text);
    }

    /** The next run of a job whose last one ended. */
    private Optional<JobRow> liveAfter(JobRow ended, String text) {
        return read(LIVE + text).filter(live -> live.run() > ended.run());
    }

    private Optional<JobRow> read(String key) {
        return Optional.ofNullable(store.get(key)).map(RowCodec::read);
    }

    /** Gathers a row to be written. */
    void gather(JobRow row) {
        gathered.put(JobKey.of(row).text(), row);
    }

    /** An ended job is to have another run: its retention does not run any more. */
    void reopen(JobRow ended) {
        if (ended.state() instanceof JobState.Terminal end) {
            store.delete(ENDED_BY_TIME + time(end.at()) + JobKey.of(ended).text());
        }
    }

    /** Gathers a breaker to be written. */
    void gather(String pool, BreakerState breaker) {
        breakers.put(pool + SEPARATOR + breaker.gpu(), breaker);
    }

    /** Writes what was gathered. */
    void flush() {
        gathered.forEach(this::write);
        gathered.clear();
        breakers.forEach(this::write);
        breakers.clear();
    }

    private void write(String key, BreakerState breaker) {
        if (breaker.untroubled()) {
            store.delete(BREAKER + key);
        } else {
            store.put(BREAKER + key, RowCodec.write(breaker));
        }
    }

    /** Hands over every breaker that is to be remembered, with its pool. */
    void eachBreaker(BiConsumer<String, BreakerState> action) {
        try (KeyValueIterator<String, byte[]> rows = range(BREAKER)) {
            rows.forEachRemaining(row -> {
                String pool = row.key.substring(1, row.key.indexOf(SEPARATOR));
                action.accept(pool, RowCodec.readBreaker(row.value));
            });
        }
    }

    /** Keeps a pause until it ends. */
    void keepPause(String pool, Pause pause) {
        store.put(PAUSE + pool + SEPARATOR + pause.scope().key(), RowCodec.write(pause));
    }

    void dropPause(String pool, PauseScope scope) {
        store.delete(PAUSE + pool + SEPARATOR + scope.key());
    }

    /** Hands over every pause, with its pool. */
    void eachPause(BiConsumer<String, Pause> action) {
        try (KeyValueIterator<String, byte[]> rows = range(PAUSE)) {
            rows.forEachRemaining(row -> {
                String pool = row.key.substring(1, row.key.indexOf(SEPARATOR));
                action.accept(pool, RowCodec.readPause(row.value));
            });
        }
    }

    /** The end first, then the removal: a crash in between leaves both, and the end wins. */
    private void write(String key, JobRow row) {
        byte[] json = RowCodec.write(row);
        decoded.wrote(key, row);
        newestChange = Math.max(newestChange, row.updatedAt());
        switch (row.state()) {
            case JobState.Terminal ended -> {
                store.put(ENDED + key, json);
                store.put(ENDED_BY_TIME + time(ended.at()) + key, PRESENT);
                store.delete(LIVE + key);
            }
            case JobState.Forwarded gone -> {
                store.put(FORWARDED_BY_TIME + time(gone.at()) + key, PRESENT);
                store.put(LIVE + key, json);
            }
            case JobState.Live l -> store.put(LIVE + key, json);
        }
    }

    /** The request body of a job; kept for a while after its end. */
    Optional<byte[]> body(JobKey key) {
        return Optional.ofNullable(store.get(BODY + key.text()));
    }

    /** Keeps a body; to be called before its job's first row is written. */
    void keepBody(JobKey key, byte[] body) {
        store.put(BODY + key.text(), body);
    }

    void dropBody(JobKey key) {
        store.delete(BODY + key.text());
    }

    /** Hands over every live row, in no order that means anything. */
    void eachLive(Consumer<JobRow> action) {
        eachOpen(row -> {
            if (row.live()) {
                action.accept(row);
            }
        });
    }

    /** Hands over every live row and every marker of a job that went to another pool. */
    void eachOpen(Consumer<JobRow> action) {
        try (KeyValueIterator<String, byte[]> rows = range(LIVE)) {
            rows.forEachRemaining(row -> action.accept(RowCodec.read(row.value)));
        }
    }

    /**
     * Completes ends that a crash cut off in the middle of their writes; hands those rows back.
     *
     * @param action sees every other live row, and every marker
     */
    List<JobRow> completeEnds(Consumer<JobRow> action) {
        List<JobRow> ended = new ArrayList<>();
        eachOpen(row -> endOf(row).ifPresentOrElse(ended::add, () -> action.accept(row)));
        ended.forEach(this::gather);
        flush();
        return ended;
    }

    private Optional<JobRow> endOf(JobRow live) {
        return read(ENDED + JobKey.of(live).text()).filter(ended -> ended.run() >= live.run());
    }

    /** Jobs that ended from one time to another, in order, at most {@code limit}. */
    List<Ended> ended(long from, long to, int limit) {
        return byTime(ENDED_BY_TIME + time(from), to, limit);
    }

    /** Jobs that ended after that one, in the same order, up to a time, at most {@code limit}. */
    List<Ended> endedAfter(Ended last, long to, int limit) {
        return byTime(ENDED_BY_TIME + time(last.at()) + last.key().text() + SEPARATOR, to, limit);
    }

    /** Jobs that went to another pool from one time to another, in order, at most {@code limit}. */
    List<Ended> forwarded(long from, long to, int limit) {
        return byTime(FORWARDED_BY_TIME + time(from), to, limit);
    }

    private List<Ended> byTime(String first, long to, int limit) {
        List<Ended> found = new ArrayList<>();
        String last = first.charAt(0) + time(Math.min(to, LAST_TIME));
        try (KeyValueIterator<String, byte[]> rows = store.range(first, last)) {
            while (rows.hasNext() && found.size() < limit) {
                found.add(Ended.parse(rows.next().key));
            }
        }
        return found;
    }

    /** When the last job ended; 0 if none is known. */
    private long lastEnd() {
        String first = String.valueOf(ENDED_BY_TIME);
        String last = ENDED_BY_TIME + time(LAST_TIME);
        try (KeyValueIterator<String, byte[]> rows = store.reverseRange(first, last)) {
            return rows.hasNext() ? Ended.parse(rows.next().key).at() : 0;
        }
    }

    /** Forgets a job that ended: its id may come again. */
    void forget(Ended ended) {
        store.delete(ENDED + ended.key().text());
        store.delete(ENDED_BY_TIME + time(ended.at()) + ended.key().text());
    }

    /**
     * Forgets a job that went to another pool, with its body and how an earlier run ended, unless
     * it has come back since.
     */
    void forgetForwarded(Ended gone) {
        String key = gone.key().text();
        boolean stillGone =
                read(LIVE + key)
                        .map(JobRow::state)
                        .filter(state ->
                                state instanceof JobState.Forwarded f && f.at() == gone.at())
                        .isPresent();
        if (stillGone) {
            store.delete(BODY + key);
            store.delete(LIVE + key);
            store.delete(ENDED + key);
        }
        store.delete(FORWARDED_BY_TIME + time(gone.at()) + key);
    }

    /** When a job ended, in this pool at least. */
    record Ended(long at, JobKey key) {

        private static Ended parse(String row) {
            long at = Long.parseLong(row, 1, 1 + TIME_DIGITS, 10);
            return new Ended(at, JobKey.parse(row.substring(1 + TIME_DIGITS)));
        }
    }

    void rememberCancel(JobKey key, long now) {
        store.put(CANCEL + key.text(), number(now));
    }

    void forgetCancel(JobKey key) {
        store.delete(CANCEL + key.text());
    }

    void eachCancel(Consumer<JobKey> action) {
        try (KeyValueIterator<String, byte[]> rows = range(CANCEL)) {
            rows.forEachRemaining(row -> action.accept(JobKey.parse(row.key.substring(1))));
        }
    }

    /**
     * Forgets cancels that came before a time and whose jobs never did. Earlier versions wrote no
     * time: such a cancel counts as of now.
     */
    void forgetCancels(long before, long now) {
        try (KeyValueIterator<String, byte[]> rows = range(CANCEL)) {
            rows.forEachRemaining(row -> {
                if (Arrays.equals(row.value, PRESENT)) {
                    store.put(row.key, number(now));
                } else if (number(row.value) < before) {
                    store.delete(row.key);
                }
            });
        }
    }

    /** A number kept by name, such as the highest offset taken of a topic. */
    OptionalLong number(String name) {
        byte[] value = store.get(NUMBER + name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(number(value));
    }

    void number(String name, long value) {
        store.put(NUMBER + name, number(value));
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
    }

    /**
     * When a row last changed, as was written down, or a job ended; epoch milliseconds, 0 if
     * neither is known. All older writes are stored: what a crash took away is newer.
     */
    long newestChange() {
        return Math.max(number(NEWEST_CHANGE).orElse(0), lastEnd());
    }

    /** Writes down when a row last changed, unless that is known. */
    void writeNewestChange() {
        if (newestChange > number(NEWEST_CHANGE).orElse(0)) {
            number(NEWEST_CHANGE, newestChange);
        }
    }

    private KeyValueIterator<String, byte[]> range(char kind) {
        return store.range(String.valueOf(kind), String.valueOf((char) (kind + 1)));
    }

    private static String time(long millis) {
        String digits = Long.toString(millis);
        return "0".repeat(TIME_DIGITS - digits.length()) + digits;
    }
}
