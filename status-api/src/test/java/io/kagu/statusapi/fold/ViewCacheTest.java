package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.RowDoor;
import io.kagu.statusapi.core.ViewRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

class ViewCacheTest {

    private static final int ROOM = 1 << 20;
    private static final String JOB = "job-1";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ViewCaches caches = ViewCaches.of(ROOM, registry);
    private final ViewCache cache = caches.open(0);
    private final Map<String, ViewRow> store = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final JobStory story = new JobStory(JOB);
    private final ViewRow before = RowDoor.row(story.queued());
    private final ViewRow after = RowDoor.row(story.completed());

    private Optional<ViewRow> stored(String jobId) {
        reads.incrementAndGet();
        return Optional.ofNullable(store.get(jobId));
    }

    private Optional<ViewRow> asked(String jobId) {
        return cache.find(jobId, this::stored);
    }

    private double count(String what) {
        return registry.get("kagu.status.view.cache." + what).functionCounter().count();
    }

    @Test
    void aRowThatWasAskedForIsNotReadAgain() {
        store.put(JOB, before);

        assertThat(asked(JOB)).containsSame(before);
        assertThat(asked(JOB)).containsSame(before);

        assertThat(reads).hasValue(1);
        assertThat(count("reads")).isEqualTo(2);
        assertThat(count("hits")).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsLookedForEachTime() {
        assertThat(asked(JOB)).isEmpty();
        store.put(JOB, before);

        assertThat(asked(JOB)).containsSame(before);
    }

    @Test
    void aChangeReplacesTheRow() {
        store.put(JOB, before);
        asked(JOB);

        store.put(JOB, after);
        cache.stored(JOB, after);

        assertThat(asked(JOB)).containsSame(after);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aChangeOfARowThatNobodyAskedForTakesNoRoom() {
        store.put(JOB, after);
        cache.stored(JOB, after);

        assertThat(asked(JOB)).containsSame(after);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aDeletedRowIsGone() {
        store.put(JOB, after);
        asked(JOB);

        store.remove(JOB);
        cache.deleted(JOB);

        assertThat(asked(JOB)).isEmpty();
    }

    /** The reader has the old row in its hands when the fold stores the new one. */
    @Test
    void aChangeDuringAReadIsNotLost() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Function<String, Optional<ViewRow>> slow =
                _ -> {
                    read.countDown();
                    awaitLatch(goOn);
                    return Optional.of(before);
                };
        CompletableFuture<Optional<ViewRow>> reader =
                CompletableFuture.supplyAsync(
                        () -> cache.find(JOB, slow), Thread::startVirtualThread);
        read.await();

        Thread fold = Thread.ofPlatform().start(() -> cache.stored(JOB, after));
        await().until(() -> fold.getState() == Thread.State.BLOCKED || !fold.isAlive());
        goOn.countDown();
        fold.join();

        assertThat(reader.get()).containsSame(before);
        assertThat(asked(JOB)).containsSame(after);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStoreThatCannotBeReadIsNotTakenForAnEmptyOne() {
        assertThatThrownBy(() ->
                        cache.find(
                                JOB,
                                _ -> {
                                    throw new InvalidStateStoreException("closed");
                                }))
                .isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    void theRoomIsSharedAmongThePartitionsThatAreOpen() {
        int most = ROOM / (before.encode().length + 256);
        assertThat(kept(cache, 2 * most)).isBetween(most - 1, most);
        assertThat(count("evictions")).isGreaterThanOrEqualTo(most);

        ViewCache second = caches.open(1);
        assertThat(kept(second, 2 * most)).isBetween(most / 2 - 1, most / 2);
        assertThat(kept(cache, 2 * most)).isBetween(most / 2 - 1, most / 2);

        caches.close(0);
        assertThat(kept(second, 2 * most)).isBetween(most - 1, most);
    }

    private int kept(ViewCache asked, int jobs) {
        for (int job = 0; job < jobs; job++) {
            asked.find("job-" + job, _ -> Optional.of(before));
        }
        return asked.kept();
    }
}
