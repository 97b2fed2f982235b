package io.kagu.bench.status;

import io.kagu.bench.pipeline.MachineFacts;
import io.kagu.bench.status.core.Answerer;
import io.kagu.bench.status.core.HeldPolls;
import io.kagu.bench.status.core.Question;
import io.kagu.bench.status.core.StatusFigures;
import io.kagu.bench.status.core.Turn;
import io.kagu.bench.status.core.Visibility;
import io.kagu.bench.status.core.WarmUp;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Asks a status-api with few jobs, one with many and a server that answers a constant, in turn, and
 * sees how soon what happens to jobs can be read.
 */
public final class StatusBench {

    /** Drawn anew for each load, so that hardly any is asked twice. */
    private static final int TARGETS = 200_000;

    private final StatusBenchConfig config;
    private final Consumer<String> progress;

    /**
     * @param progress told after each step
     */
    public StatusBench(StatusBenchConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /**
     * Measures everything; takes minutes.
     *
     * @throws IllegalStateException if an answer is wrong or missing: then no figure counts
     */
    public StatusReport run() throws InterruptedException {
        MachineFacts machine = MachineFacts.now();
        try (StatusStack stack = StatusStack.start()) {
            progress.accept("logs, if anything fails: " + stack.folder());
            FilledStore small = filled(stack, Answerer.SMALL_STORE, config.small());
            FilledStore large = filled(stack, Answerer.LARGE_STORE, config.large());
            // As large as an answer about a job is.
            URI constant =
                    stack.constant(large.body(large.targets(Question.BY_ID, 1, 0).getFirst()));
            StatusReport report =
                    measure(
                            machine,
                            LoadGenerator.best(stack.folder()),
                            new Servers(small, large, constant));
            stack.clear();
            return report;
        }
    }

    private FilledStore filled(StatusStack stack, Answerer answerer, int count)
            throws InterruptedException {
        FilledStore store = stack.store(answerer, count);
        progress.accept(String.format(Locale.ROOT, "a store of %,d jobs is filled", count));
        return store;
    }

    private StatusReport measure(MachineFacts machine, LoadGenerator generator, Servers servers)
            throws InterruptedException {
        List<Turn> turns = new ArrayList<>();
        for (Question question : Question.values()) {
            turns.addAll(ask(question, generator, servers));
        }
        FilledStore large = servers.large();
        Visibility visibility = new VisibilityRun(large, config).run();
        HeldPolls held = hold(large, generator);
        turns.addAll(askAsShipped(generator, servers));
        return new StatusReport(
                machine, config, generator.name(), new StatusFigures(turns, visibility), held);
    }

    private List<Turn> ask(Question question, LoadGenerator generator, Servers servers)
            throws InterruptedException {
        List<Answerer> asked =
                Stream.of(Answerer.values())
                        .filter(answerer -> answerer != Answerer.LARGE_STORE_AS_SHIPPED)
                        .filter(answerer ->
                                answerer != Answerer.CONSTANT || question == Question.BY_ID)
                        .toList();
        for (Answerer answerer : asked) {
            if (question == Question.BY_ID && answerer == Answerer.LARGE_STORE) {
                askForEach(servers.large(), generator);
            }
            warmUp(load(question, servers, answerer, 0).of(config.warmUpSeconds()), generator);
        }
        return turns(question, asked, generator, servers);
    }

    private List<Turn> turns(
            Question question, List<Answerer> asked, LoadGenerator generator, Servers servers)
            throws InterruptedException {
        List<Turn> turns = new ArrayList<>();
        for (int repeat = 1; repeat <= config.repeats(); repeat++) {
            for (Answerer answerer : asked) {
                Load load = load(question, servers, answerer, repeat);
                Turn turn = new Turn(question, answerer, repeat, generator.run(load));
                turns.add(turn);
                progress.accept(StatusReport.line(turn));
            }
        }
        return turns;
    }

    /** What heap and cache are worth: without a target, for nobody has to give it that much. */
    private List<Turn> askAsShipped(LoadGenerator generator, Servers servers)
            throws InterruptedException {
        servers.large().restartAsShipped();
        Answerer shipped = Answerer.LARGE_STORE_AS_SHIPPED;
        warmUp(load(Question.BY_ID, servers, shipped, 0).of(config.warmUpSeconds()), generator);
        return turns(Question.BY_ID, List.of(shipped), generator, servers);
    }

    /** So that what has room in the service's cache is there. */
    private void askForEach(FilledStore store, LoadGenerator generator)
            throws InterruptedException {
        List<String> targets = store.each();
        while (!targets.isEmpty()) {
            Load load =
                    new Load(
                            store.address(),
                            targets,
                            Question.BY_ID.status(),
                            config.connections(),
                            config.warmUpSeconds());
            double answered = generator.run(load).perSecond() * load.seconds();
            targets = targets.subList((int) Math.min(targets.size(), answered), targets.size());
        }
    }

    /** Compilers take a while: of two processors they leave a server only one meanwhile. */
    private static void warmUp(Load round, LoadGenerator generator) throws InterruptedException {
        WarmUp warmUp = new WarmUp();
        while (!warmUp.over()) {
            double perSecond = generator.run(round).perSecond();
            warmUp.took(Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond));
        }
    }

    private Load load(Question question, Servers servers, Answerer answerer, int repeat) {
        List<String> targets = servers.asked(answerer).targets(question, TARGETS, repeat);
        return new Load(
                servers.address(answerer),
                targets,
                question.status(),
                config.connections(),
                config.seconds());
    }

    private HeldPolls hold(FilledStore store, LoadGenerator generator) throws InterruptedException {
        List<String> polls =
                store.targets(Question.POLL, config.polls(), 0).stream()
                        .map(target -> target.replace("wait=0", "wait=60"))
                        .toList();
        Load meanwhile =
                new Load(
                        store.address(),
                        store.targets(Question.BY_ID, TARGETS, 0),
                        Question.BY_ID.status(),
                        config.connections(),
                        config.seconds());
        return new PollHold(store, generator).run(polls, meanwhile);
    }

    /** Who is asked where. */
    private record Servers(FilledStore small, FilledStore large, URI constant) {

        /** The store whose jobs are asked for; of the constant, the large one's. */
        FilledStore asked(Answerer answerer) {
            return answerer == Answerer.SMALL_STORE ? small : large;
        }

        URI address(Answerer answerer) {
            return answerer == Answerer.CONSTANT ? constant : asked(answerer).address();
        }
    }
}
