package io.kagu.cli.run;

import io.kagu.cli.StopSignal;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.core.IndexedLine;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.LineJobIds;
import io.kagu.cli.core.LineState;
import io.kagu.cli.core.PlannedJob;
import io.kagu.cli.core.Resume;
import io.kagu.common.job.Priority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One run of a file of jobs: what is left to do is planned when it is made, submitted and collected
 * when it is carried out; in the end the results file has one line per job in the input's order.
 */
public final class JobRun {

    private static final int SUBMITTERS_PER_LANE = 8;
    private static final int COLLECTORS = 64;
    private static final Duration SERVER_PATIENCE = Duration.ofMinutes(2);
    private static final long STOP_CHECK_MILLIS = 100;
    private static final long SUBMIT_STOP_MILLIS = 3_000;
    private static final long POLL_STOP_MILLIS = 0;
    private static final long DONE_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private final InputFile input;
    private final ResultsFile results;
    private final String scope;
    private final RunBoard board = new RunBoard();
    private final LineRecorder recorder;
    private final Map<String, ResultsFile.Earlier> foreign;
    private final List<PlannedJob> planned = new ArrayList<>();
    private final Instant startedAt = Instant.now();
    private int kept;

    /**
     * Plans a run.
     *
     * @param scope sets its jobs apart from those of other runs
     * @param retryDead whether lines that ended DEAD are run anew
     */
    public JobRun(InputFile input, ResultsFile results, String scope, boolean retryDead) {
        this.input = input;
        this.results = results;
        this.scope = scope;
        this.recorder = new LineRecorder(results, board);
        this.foreign = new HashMap<>(results.earlier());
        foreign.values().removeIf(it -> it.end().state() == LineState.INVALID);
        input.index().malformed().forEach(recorder::malformed);
        input.index().jobs().forEach(line -> plan(line, retryDead));
    }

    private void plan(IndexedLine.Job line, boolean retryDead) {
        board.expect(line.priority());
        Optional<ResultsFile.Earlier> earlier =
                Optional.ofNullable(results.earlier().get(line.customId()));
        foreign.remove(line.customId());
        Optional<LineEnd> end = earlier.map(ResultsFile.Earlier::end);
        switch (Resume.decide(line, end, retryDead)) {
            case Resume.Submit(int generation) -> planned.add(new PlannedJob(line, generation));
            case Resume.Keep() -> {
                recorder.kept(line, earlier.orElseThrow());
                kept++;
            }
        }
    }

    /** How many jobs are to be submitted. */
    public int toDo() {
        return planned.size();
    }

    /** How many lines an earlier run had ended. */
    public int kept() {
        return kept;
    }

    /** How it goes. */
    public RunBoard board() {
        return board;
    }

    /** Carries the run out; a stop signal makes it withdraw what has not ended. */
    public RunReport carryOut(KaguClient client, StopSignal stop) throws InterruptedException {
        JobBook book = new JobBook(planned);
        RunContext context =
                new RunContext(
                        client,
                        input,
                        new LineJobIds(scope),
                        book,
                        recorder,
                        board,
                        new Outage(board, book, SERVER_PATIENCE),
                        startedAt);
        JobEnding ending = new JobEnding(context);
        Optional<RuntimeException> failure = work(context, ending, stop);
        if (failure.isPresent()) {
            leaveRest(context, ending);
        } else if (stop.isRequested()) {
            board.note("stopping: what has not ended is withdrawn");
            new Cancellation(context, ending).cancelRest();
        }
        arrange();
        return report(stop.isRequested(), failure);
    }

    private static void leaveRest(RunContext context, JobEnding ending) {
        String why = "the run failed before its end";
        LineEnd.Fault fault = new LineEnd.Fault("unfinished", why);
        context.book().live().forEach(job -> ending.unfinished(job, why));
        for (PlannedJob job : context.book().unsubmitted()) {
            LineEnd end =
                    LineEnd.without(job.line(), job.generation(), LineState.UNFINISHED, fault);
            context.recorder().ended(job.line(), end, Optional.empty());
        }
    }

    /** The report of a run that has nothing left to submit. */
    public RunReport withoutServer() {
        arrange();
        return report(false, Optional.empty());
    }

    private RunReport report(boolean interrupted, Optional<RuntimeException> failure) {
        return new RunReport(board.summary(), interrupted, kept, board.countEndedBefore(), failure);
    }

    private static Optional<RuntimeException> work(
            RunContext context, JobEnding ending, StopSignal stop) throws InterruptedException {
        JobBook book = context.book();
        Workers submitters = new Workers(book::stop);
        Workers collectors = new Workers(book::stop);
        for (Priority lane : Priority.values()) {
            submitters.start(
                    "submit-" + lane.word(),
                    SUBMITTERS_PER_LANE,
                    new Submitter(context, lane)::work);
        }
        collectors.start("collect", COLLECTORS, new Collector(context, ending)::work);
        while (!book.awaitOver(STOP_CHECK_MILLIS)) {
            if (stop.isRequested()) {
                book.stop();
            }
        }
        boolean early = stop.isRequested() || submitters.failure().isPresent();
        submitters.join(SUBMIT_STOP_MILLIS);
        collectors.join(early ? POLL_STOP_MILLIS : DONE_MILLIS);
        return submitters.failure().or(collectors::failure);
    }

    /** Lines of custom ids that are not in the input any more stay, at the end. */
    private void arrange() {
        List<ResultsFile.Place> order = new ArrayList<>();
        for (IndexedLine line : input.index().lines()) {
            recorder.place(line).ifPresent(order::add);
        }
        foreign.values().stream().map(ResultsFile.Earlier::place).forEach(order::add);
        results.arrange(order);
    }
}
