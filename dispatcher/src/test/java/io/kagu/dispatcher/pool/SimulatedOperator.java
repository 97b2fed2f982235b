package io.kagu.dispatcher.pool;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.Json;
import io.kagu.common.codec.RequeueRecord;
import io.kagu.common.job.JobCommand;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Somebody who reads the dead letters, and has their jobs queued again or takes them back. Now and
 * then a command comes twice, or late: its letter is gone by then.
 */
final class SimulatedOperator {

    private final SplittableRandom random;
    private final Map<String, Letter> letters = new TreeMap<>();
    private final List<Command> given = new ArrayList<>();

    SimulatedOperator(SplittableRandom random) {
        this.random = random;
    }

    private record Letter(DeadLetter head, byte[] body) {}

    /** A record for the topic of commands. */
    record Command(String pool, byte[] value, Headers headers, Optional<JobCommand> discard) {}

    /** A dead letter was published, or taken back. */
    void reads(String id, Headers headers, byte @Nullable [] body) {
        if (body == null) {
            letters.remove(id);
        } else {
            letters.put(id, new Letter(DeadLetter.read(id, headers, Instant.EPOCH), body));
        }
    }

    /** The next command, if there is anything to say. */
    Optional<Command> speaks(long now) {
        if (!given.isEmpty() && random.nextInt(5) == 0) {
            return Optional.of(given.get(random.nextInt(given.size())));
        }
        Optional<Command> next = letter().map(letter -> command(letter, now));
        next.ifPresent(given::add);
        return next;
    }

    private Optional<Letter> letter() {
        return letters.values().stream().skip(random.nextInt(letters.size() + 1)).findFirst();
    }

    private Command command(Letter letter, long now) {
        DeadLetter head = letter.head();
        String pool = head.pool().orElse("p1");
        if (random.nextInt(4) > 0 && head.requeue().isPresent()) {
            RequeueRecord requeue = head.requeue().get();
            return new Command(pool, letter.body(), requeue.headers("operator"), Optional.empty());
        }
        JobCommand discard = JobCommand.discard(head.id(), head.run(), Instant.ofEpochMilli(now));
        return new Command(pool, Json.write(discard), new RecordHeaders(), Optional.of(discard));
    }
}
