package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.Registry;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.dispatcher.core.BreakerRules;
import io.kagu.dispatcher.core.BreakerState;
import io.kagu.dispatcher.core.BreakerState.Phase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * No call begins on a GPU whose breaker is open or that pauses after serial faults, and only one at
 * a time while it is half-open. Keeps books of its own from what the owner tells; after a takeover
 * they begin with what was stored.
 */
final class BreakersHold implements Watcher {

    private final BreakerRules rules;
    private final Supplier<Registry> registry;
    private final Supplier<List<BreakerState>> stored;
    private final LongSupplier now;
    private final Map<String, JobView> jobs = new TreeMap<>();
    private final Map<String, Book> books = new TreeMap<>();

    BreakersHold(
            BreakerRules rules,
            Supplier<Registry> registry,
            Supplier<List<BreakerState>> stored,
            LongSupplier now) {
        this.rules = rules;
        this.registry = registry;
        this.stored = stored;
        this.now = now;
    }

    /** One GPU: its faults in a row, until when it rests, and who tries it. */
    private static final class Book {
        private Phase phase = Phase.CLOSED;
        private int faults;
        private long openUntil;
        private int serialFaults;
        private long pausedUntil;
        private Optional<String> probe = Optional.empty();
    }

    @Override
    public void takenOver(Iterable<JobEvent> liveJobs) {
        jobs.clear();
        books.clear();
        liveJobs.forEach(event -> jobs.put(event.job().id(), event.job()));
        stored.get().stream()
                .filter(breaker -> present(breaker.gpu()))
                .forEach(breaker -> books.put(breaker.gpu(), book(breaker)));
    }

    private Book book(BreakerState breaker) {
        Book book = new Book();
        book.phase = breaker.phase();
        book.faults = breaker.faults();
        book.openUntil = breaker.openUntil();
        book.serialFaults = breaker.serialFaults();
        book.pausedUntil = breaker.pausedUntil();
        book.probe =
                breaker.probe()
                        .map(probe -> probe.jobId() + '#' + probe.attempt())
                        .filter(probe -> jobs.values().stream().anyMatch(j -> runs(j, probe)));
        return book;
    }

    private static boolean runs(JobView job, String call) {
        return job.state() == JobStatus.RUNNING && call(job).equals(call);
    }

    @Override
    public void gpuRemoved(String gpu) {
        books.remove(gpu);
    }

    @Override
    public void told(JobEvent event) {
        JobView view = event.job();
        JobView before = jobs.get(view.id());
        if (before != null && before.version() >= view.version()) {
            return;
        }
        jobs.put(view.id(), view);
        boolean ran = before != null && before.state() == JobStatus.RUNNING;
        boolean runs = view.state() == JobStatus.RUNNING;
        if (ran && !runs) {
            ended(before, view);
        }
        if (runs && !ran) {
            began(view);
        }
    }

    private void began(JobView view) {
        Book book = book(view.gpu().orElseThrow());
        assertThat(now.getAsLong())
                .as("start of %s in the pause after serial faults", view)
                .isGreaterThanOrEqualTo(book.pausedUntil);
        switch (book.phase) {
            case CLOSED -> {}
            case OPEN -> {
                assertThat(now.getAsLong())
                        .as("start of %s while the breaker is open", view)
                        .isGreaterThan(book.openUntil);
                book.phase = Phase.HALF_OPEN;
                book.probe = Optional.of(call(view));
            }
            case HALF_OPEN -> {
                assertThat(book.probe).as("probe beside %s", view).isEmpty();
                book.probe = Optional.of(call(view));
            }
        }
    }

    private void ended(JobView before, JobView after) {
        String gpu = before.gpu().orElseThrow();
        Book book = book(gpu);
        boolean decides =
                book.phase == Phase.CLOSED || book.probe.equals(Optional.of(call(before)));
        if (!decides || !present(gpu)) {
            return;
        }
        book.probe = Optional.empty();
        String ending = ending(before, after);
        if (ending.equals("completed")) {
            book.phase = Phase.CLOSED;
            book.faults = 0;
            book.serialFaults = 0;
            book.pausedUntil = 0;
        } else if (ending.equals("fault") && counts(before, gpu)) {
            book.faults++;
            book.serialFaults++;
            if (book.serialFaults > 1) {
                double doubled = rules.faultPause() * Math.pow(2, book.serialFaults - 2);
                long pause = (long) Math.min(doubled, rules.faultPauseMax());
                book.pausedUntil = now.getAsLong() + pause;
            }
            if (book.phase == Phase.HALF_OPEN || book.faults == rules.faults()) {
                book.phase = Phase.OPEN;
                book.faults = 0;
                book.openUntil = now.getAsLong() + rules.pause();
            }
        }
    }

    private boolean counts(JobView job, String gpu) {
        return !job.cancelRequested()
                && job.attempts().stream()
                        .filter(earlier -> earlier.ending().equals(Optional.of("fault")))
                        .filter(earlier -> !earlier.gpu().equals(gpu))
                        .noneMatch(earlier -> book(earlier.gpu()).phase == Phase.CLOSED);
    }

    private static String ending(JobView before, JobView after) {
        int number = before.attempts().getLast().number();
        return after.attempts().stream()
                .filter(attempt -> attempt.number() == number)
                .map(AttemptView::ending)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    private static String call(JobView view) {
        return view.id() + '#' + view.attempts().getLast().number();
    }

    private boolean present(String gpu) {
        return registry.get().gpu(gpu).isPresent();
    }

    private Book book(String gpu) {
        return books.computeIfAbsent(gpu, name -> new Book());
    }
}
