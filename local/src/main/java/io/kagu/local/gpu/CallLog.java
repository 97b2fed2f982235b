package io.kagu.local.gpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a simulated GPU has to say about the calls it received: the independent witness of slots
 * oversold, jobs called twice and the order of starts.
 *
 * <p>Counters cover every call; single calls are remembered up to the configured limit, the oldest
 * ended ones dropped first.
 */
public final class CallLog {

    private final int limit;
    private final int slots;
    private final LongAdder started = new LongAdder();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger maxRunning = new AtomicInteger();
    private final Map<CallEnding, LongAdder> endings = new EnumMap<>(CallEnding.class);
    private final Set<OpenCall> open = ConcurrentHashMap.newKeySet();
    private final ArrayDeque<CallRecord> ended = new ArrayDeque<>();
    private final AtomicLong numbers = new AtomicLong();

    CallLog(int limit, int slots) {
        this.limit = limit;
        this.slots = slots;
        Arrays.stream(CallEnding.values()).forEach(each -> endings.put(each, new LongAdder()));
    }

    /** Calls that ever arrived. */
    public long started() {
        return started.sum();
    }

    /** Calls that have arrived and not ended, in service or waiting in the engine's queue. */
    public int running() {
        return running.get();
    }

    /**
     * The most calls that were ever running at a time: above the GPU's slots, somebody oversold it.
     *
     * <p>A call whose client gave up stops counting when the close arrives, even if the engine has
     * not noticed yet (where calls are remembered; when only counting, it counts until that is
     * noticed, some ten milliseconds later). A client that starts the next call before its close is
     * on the wire is seen as one call too many.
     */
    public int maxRunning() {
        return maxRunning.get();
    }

    /** Calls that ended this way. */
    public long ended(CallEnding ending) {
        return Optional.ofNullable(endings.get(ending)).orElseThrow().sum();
    }

    /** The remembered calls that have ended, in the order of their arrival. */
    public List<CallRecord> calls() {
        List<CallRecord> copy;
        synchronized (ended) {
            copy = new ArrayList<>(ended);
        }
        copy.sort(Comparator.comparingLong(CallRecord::number));
        return copy;
    }

    /** Job ids of the remembered calls, open or ended, in the order of their arrival. */
    public List<String> jobIdsInOrder() {
        var byNumber = new TreeMap<Long, Optional<String>>();
        open.forEach(call -> byNumber.put(call.number(), call.headers().jobId()));
        calls().forEach(call -> byNumber.put(call.number(), call.jobId()));
        return byNumber.values().stream().flatMap(Optional::stream).toList();
    }

    boolean remembers() {
        return limit > 0;
    }

    OpenCall begin(CallHeaders headers, ClientConnection connection) {
        if (remembers() && running.get() >= slots) {
            open.forEach(OpenCall::endIfClientLeft);
        }
        started.increment();
        int now = running.incrementAndGet();
        if (now > maxRunning.get()) {
            maxRunning.accumulateAndGet(now, Math::max);
        }
        var call = new OpenCall(this, numbers.incrementAndGet(), headers, connection);
        if (remembers()) {
            open.add(call);
        }
        return call;
    }

    void ended(OpenCall call, CallEnding ending, int status) {
        running.decrementAndGet();
        Optional.ofNullable(endings.get(ending)).orElseThrow().increment();
        if (remembers()) {
            remember(call.toRecord(ending, status));
            open.remove(call);
        }
    }

    private void remember(CallRecord call) {
        synchronized (ended) {
            if (ended.size() == limit) {
                ended.removeFirst();
            }
            ended.addLast(call);
        }
    }
}
