package io.kagu.statusapi.query;

import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobPlace;
import io.kagu.common.job.PlacesRequest;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.QueueSnapshot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The questions to one pool's owner. One is under way at a time; what is asked meanwhile is
 * gathered into the next, one answer serves all who ask of the same job, and for a moment those who
 * ask later. So the owner is asked as often as it answers, however many ask here. Who did not
 * answer as an owner is not asked again before the owner is heard anew.
 */
final class PoolQuestions {

    /** How long an answer is told to others, too. */
    static final Duration FRESH = Duration.ofMillis(250);

    /** Jobs that may wait to be asked about; of more it is not asked. */
    static final int MOST_WAITING = 4096;

    private final String pool;
    private final OwnerClient client;
    private final InstantSource clock;
    private final Map<String, CompletableFuture<OwnersWord>> waiting = new LinkedHashMap<>();
    private final Map<String, Recent> recent = new LinkedHashMap<>();
    private Map<String, CompletableFuture<OwnersWord>> asked = Map.of();
    private Optional<Refusal> refusal = Optional.empty();

    /**
     * An answer that is told to others, too.
     *
     * @param at when it came
     */
    private record Recent(JobPlace place, Instant at) {}

    /**
     * An owner that did not answer as one.
     *
     * @param heardAt of which time the status is that named it
     */
    private record Refusal(String owner, Instant heardAt, Inexact why) {

        boolean holds(QueueSnapshot queue) {
            return queue.status().owner().equals(owner) && !queue.status().time().isAfter(heardAt);
        }
    }

    PoolQuestions(String pool, OwnerClient client, InstantSource clock) {
        this.pool = pool;
        this.client = client;
        this.clock = clock;
    }

    /** The owner's word on a job, as soon as it is there; the asker sets how long it waits. */
    CompletableFuture<OwnersWord> ask(String jobId, Optional<QueueSnapshot> queue) {
        CompletableFuture<OwnersWord> word;
        Optional<Batch> batch;
        synchronized (this) {
            Optional<OwnersWord> known = known(jobId, queue);
            if (known.isPresent()) {
                return CompletableFuture.completedFuture(known.get());
            }
            word = asked.get(jobId);
            if (word == null) {
                word = waiting.computeIfAbsent(jobId, _ -> new CompletableFuture<>());
            }
            batch = next(queue.orElseThrow());
        }
        batch.ifPresent(this::send);
        return word.copy();
    }

    private Optional<OwnersWord> known(String jobId, Optional<QueueSnapshot> queue) {
        Optional<Inexact> silence = silence(queue);
        if (silence.isPresent()) {
            return silence.map(OwnersWord.None::new);
        }
        forget();
        Recent told = recent.get(jobId);
        if (told != null) {
            return Optional.of(new OwnersWord.Told(told.place()));
        }
        return waiting.size() >= MOST_WAITING && !waiting.containsKey(jobId)
                ? Optional.of(new OwnersWord.None(Inexact.OWNER_BUSY))
                : Optional.empty();
    }

    private Optional<Inexact> silence(Optional<QueueSnapshot> queue) {
        if (queue.isEmpty()) {
            return Optional.of(Inexact.OWNER_UNKNOWN);
        }
        if (queue.get().stale()) {
            return Optional.of(Inexact.OWNER_SILENT);
        }
        if (queue.get().owner().isEmpty()) {
            return Optional.of(Inexact.OWNER_UNKNOWN);
        }
        return refusal.filter(before -> before.holds(queue.get())).map(Refusal::why);
    }

    private void forget() {
        Instant oldest = clock.instant().minus(FRESH);
        Iterator<Recent> oldestFirst = recent.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().at().isBefore(oldest)) {
            oldestFirst.remove();
        }
    }

    /** Jobs that the owner is asked about at once. */
    private record Batch(QueueSnapshot queue, ReplicaAddress owner, List<String> jobIds) {}

    private Optional<Batch> next(QueueSnapshot queue) {
        if (!asked.isEmpty() || waiting.isEmpty()) {
            return Optional.empty();
        }
        asked = new LinkedHashMap<>();
        var oldestFirst = waiting.entrySet().iterator();
        while (oldestFirst.hasNext() && asked.size() < PlacesRequest.MOST_IDS) {
            var question = oldestFirst.next();
            asked.put(question.getKey(), question.getValue());
            oldestFirst.remove();
        }
        return Optional.of(
                new Batch(queue, queue.owner().orElseThrow(), List.copyOf(asked.keySet())));
    }

    private void send(Batch batch) {
        CompletableFuture<Void> _ =
                client.ask(batch.owner(), pool, batch.jobIds())
                        .exceptionally(_ -> new OwnerReply.Lost())
                        .thenAccept(reply -> answered(batch, reply));
    }

    private void answered(Batch batch, OwnerReply reply) {
        List<Runnable> answers = new ArrayList<>();
        Optional<Batch> next = Optional.empty();
        synchronized (this) {
            switch (reply) {
                case OwnerReply.Told(var places) -> {
                    refusal = Optional.empty();
                    told(places, answers);
                    next = next(batch.queue());
                }
                case OwnerReply.Busy() -> {
                    all(asked, Inexact.OWNER_BUSY, answers);
                    next = next(batch.queue());
                }
                case OwnerReply.NotOwner() -> refused(batch, Inexact.OWNER_MOVED, answers);
                case OwnerReply.Lost() -> refused(batch, Inexact.OWNER_UNREACHABLE, answers);
            }
        }
        answers.forEach(Runnable::run);
        next.ifPresent(this::send);
    }

    private void told(List<JobPlace> places, List<Runnable> answers) {
        Instant now = clock.instant();
        for (JobPlace place : places) {
            CompletableFuture<OwnersWord> word = asked.remove(place.id());
            if (word != null) {
                recent.remove(place.id());
                recent.put(place.id(), new Recent(place, now));
                answers.add(() -> word.complete(new OwnersWord.Told(place)));
            }
        }
        all(asked, Inexact.NOT_TAKEN_IN, answers);
    }

    private void refused(Batch batch, Inexact why, List<Runnable> answers) {
        refusal =
                Optional.of(
                        new Refusal(
                                batch.queue().status().owner(),
                                batch.queue().status().time(),
                                why));
        all(asked, why, answers);
        all(waiting, why, answers);
    }

    private static void all(
            Map<String, CompletableFuture<OwnersWord>> words, Inexact why, List<Runnable> answers) {
        words.values().forEach(word -> answers.add(() -> word.complete(new OwnersWord.None(why))));
        words.clear();
    }
}
