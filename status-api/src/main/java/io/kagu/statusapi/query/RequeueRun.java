package io.kagu.statusapi.query;

import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.CanaryVerdict;
import io.kagu.statusapi.core.RequeueProgress;
import io.kagu.statusapi.core.RequeueProgress.State;
import io.kagu.statusapi.core.RequeueTarget;
import io.kagu.statusapi.query.DeadLetterCommands.Answer;

import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * One way through dead letters: the canaries first, then the rest at a rate. Commands that were
 * stored stay; whatever stops the run leaves the other letters as they are.
 */
final class RequeueRun implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RequeueRun.class);

    /** Low jobs behind a long queue take their time; then an operator should look. */
    private static final Duration CANARIES_END = Duration.ofHours(1);

    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int MAX_TRIES = 30;

    private final RequeueClient client;
    private final InstantSource clock;
    private final Queue<RequeueTarget> targets;
    private final Duration pause;
    private final CountDownLatch stopAsked = new CountDownLatch(1);

    private RequeueProgress progress;

    RequeueRun(
            RequeueClient client,
            InstantSource clock,
            Collection<RequeueTarget> targets,
            RequeueProgress begin) {
        this.client = client;
        this.clock = clock;
        this.targets = new ArrayDeque<>(targets);
        this.pause =
                Duration.ofNanos(
                        (long) (TimeUnit.SECONDS.toNanos(1) / begin.request().ratePerSecond()));
        this.progress = begin;
    }

    synchronized RequeueProgress progress() {
        return progress;
    }

    private synchronized void advance(UnaryOperator<RequeueProgress> step) {
        progress = step.apply(progress);
    }

    void stop(String why) {
        end(State.STOPPED, Optional.of(why));
        stopAsked.countDown();
    }

    private void end(State state, Optional<String> why) {
        advance(before -> before.ended(state, why, clock.instant()));
    }

    private boolean over() {
        return progress().state().ended();
    }

    @Override
    public void run() {
        try {
            List<RequeueTarget> canaries = send(progress().request().canary());
            if (!canaries.isEmpty()) {
                awaitEnds(canaries);
            }
            advance(RequeueProgress::passed);
            send(Integer.MAX_VALUE);
            end(State.DONE, Optional.empty());
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("requeue run failed");
            end(State.FAILED, Optional.of("it failed here; see the log"));
        }
        RequeueProgress last = progress();
        LOG.atInfo()
                .addKeyValue("state", last.state())
                .addKeyValue("requeued", last.requeued())
                .addKeyValue("skipped", last.skipped())
                .log("requeue run ended");
    }

    /** Requeues jobs until there are so many; says which. */
    private List<RequeueTarget> send(int count) {
        List<RequeueTarget> sent = new ArrayList<>();
        while (sent.size() < count && !targets.isEmpty() && !over()) {
            RequeueTarget target = targets.remove();
            switch (requeue(target)) {
                case Answer.Stored _ -> {
                    sent.add(target);
                    advance(RequeueProgress::afterRequeue);
                    sleep(targets.isEmpty() ? Duration.ZERO : pause);
                }
                case Answer.Absent _, Answer.NoJob _ -> advance(RequeueProgress::afterSkip);
                case Answer.NotReady _ ->
                        end(State.FAILED, Optional.of("commands could not be stored"));
            }
        }
        return sent;
    }

    /** While stores move or brokers are away, it waits; but not for ever. */
    private Answer requeue(RequeueTarget target) {
        Answer answer = client.requeue(target);
        for (int i = 1; i < MAX_TRIES && answer instanceof Answer.NotReady && !over(); i++) {
            sleep(AGAIN);
            answer = client.requeue(target);
        }
        return answer;
    }

    private void awaitEnds(List<RequeueTarget> canaries) {
        Deadline deadline = Deadline.in(CANARIES_END);
        while (!over()) {
            switch (CanaryVerdict.of(canaries, this::view)) {
                case CanaryVerdict.Passed() -> {
                    return;
                }
                case CanaryVerdict.Failed(String id, String why) ->
                        end(State.STOPPED, Optional.of("canary " + id + " ended " + why));
                case CanaryVerdict.Waiting(int completed) -> {
                    advance(before -> before.withCompleted(completed));
                    if (deadline.passed()) {
                        end(State.STOPPED, Optional.of("the canaries did not end in an hour"));
                    }
                    sleep(GLANCE);
                }
            }
        }
    }

    private Optional<JobView> view(String id) {
        try {
            return client.view(id);
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    private void sleep(Duration time) {
        try {
            boolean _ = stopAsked.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop("interrupted");
        }
    }
}
