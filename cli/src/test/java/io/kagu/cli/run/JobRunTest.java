package io.kagu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.cli.StopSignal;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.core.IndexedLine;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.LineJobIds;
import io.kagu.cli.core.LineState;
import io.kagu.cli.core.ResultLine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

final class JobRunTest {

    private static final String SCOPE = "/scope";

    @TempDir private Path dir;

    private final FakeKagu server = new FakeKagu();
    private final StopSignal stop = new StopSignal();
    private Path results;

    @BeforeEach
    void nameResults() {
        results = dir.resolve("jobs.results.jsonl");
    }

    @AfterEach
    void endServer() {
        server.close();
    }

    private static String line(String id, String model) {
        return "{\"id\":\"%s\",\"model\":\"%s\",\"payload\":{\"x\":\"%s\"}}"
                .formatted(id, model, id);
    }

    private RunReport run(String... lines) throws Exception {
        return run(stop, lines);
    }

    private CompletableFuture<RunReport> start(StopSignal signal, String... lines) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run(signal, lines);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private RunReport run(StopSignal signal, String... lines) throws Exception {
        Path file = Files.write(dir.resolve("jobs.jsonl"), List.of(lines));
        try (InputFile input = InputFile.open(file, 1000);
                ResultsFile written = ResultsFile.open(results);
                KaguClient client = KaguClient.of(server.url())) {
            return new JobRun(input, written, SCOPE, false).carryOut(client, signal);
        }
    }

    private List<LineEnd> written() throws IOException {
        return Files.readAllLines(results).stream()
                .map(line -> ResultLine.read(line).orElseThrow())
                .toList();
    }

    private static String state(LineEnd end) {
        return end.customId() + " " + end.state();
    }

    @Test
    void everyLineGetsItsResultInTheInputsOrder() throws Exception {
        RunReport report = run(line("c", "echo"), line("a", "echo"), "", line("b", "echo"));

        assertThat(report.summary().allCompleted()).isTrue();
        assertThat(written())
                .extracting(JobRunTest::state)
                .containsExactly("c COMPLETED", "a COMPLETED", "b COMPLETED");
        assertThat(Files.readAllLines(results).getFirst())
                .contains("\"result\":{\"model\":\"echo\",\"x\":\"c\"}");
    }

    @Test
    void badLinesAreWrittenDownAndTheOthersRun() throws Exception {
        RunReport report =
                run("{broken", line("a", "unknown"), line("b", "dead"), line("c", "echo"));

        assertThat(report.summary().allCompleted()).isFalse();
        assertThat(written())
                .extracting(JobRunTest::state)
                .containsExactly("line-1 INVALID", "a INVALID", "b DEAD", "c COMPLETED");
        assertThat(written().get(1).error())
                .contains(
                        new LineEnd.Fault("unknown_model", "line 2: No GPU serves model unknown"));
        assertThat(written().get(2).error())
                .contains(new LineEnd.Fault("rejected", "the GPU refused it"));
    }

    @Test
    void aFullServerIsWaitedFor() throws Exception {
        server.beBusy(3);

        assertThat(run(line("a", "echo"), line("b", "echo")).summary().allCompleted()).isTrue();
    }

    @Test
    void aSecondRunSubmitsOnlyWhatIsLeft() throws Exception {
        run(line("a", "echo"), line("b", "unknown"), line("c", "dead"));
        RunReport again = run(line("a", "echo"), line("b", "echo"), line("c", "dead"));

        assertThat(again.kept()).isEqualTo(2);
        assertThat(server.submissions()).isEqualTo(4);
        assertThat(written())
                .extracting(JobRunTest::state)
                .containsExactly("a COMPLETED", "b COMPLETED", "c DEAD");
    }

    @Test
    void resultsOfLinesThatAreGoneStay() throws Exception {
        run(line("a", "echo"), line("b", "echo"));
        run(line("b", "echo"));

        assertThat(written()).extracting(LineEnd::customId).containsExactly("b", "a");
    }

    @Test
    void malformedLinesDoNotPileUp() throws Exception {
        run("{broken", line("a", "echo"));
        run("{broken", line("a", "echo"));

        assertThat(written()).hasSize(2);
    }

    @Test
    void aStoppedRunWithdrawsTheRestAndTheNextSubmitsItAnew() throws Exception {
        String[] lines = {line("a", "echo"), line("b", "stuck"), line("c", "stuck")};
        CompletableFuture<RunReport> running = start(stop, lines);
        await().until(() -> server.known() == 3 && Files.readAllLines(results).size() == 1);
        stop.request();

        assertThat(running.get().interrupted()).isTrue();
        assertThat(written())
                .extracting(JobRunTest::state)
                .containsExactly("a COMPLETED", "b CANCELLED", "c CANCELLED");

        assertThat(server.known()).isEqualTo(3);
        StopSignal second = new StopSignal();
        CompletableFuture<RunReport> again = start(second, lines);
        await().until(() -> server.known() == 5);
        second.request();
        assertThat(again.get().kept()).isEqualTo(1);
    }

    @Test
    void aJobThatAKilledRunWithdrewIsSubmittedAnew() throws Exception {
        Path file = Files.write(dir.resolve("jobs.jsonl"), List.of(line("a", "echo")));
        IndexedLine.Job job;
        try (InputFile input = InputFile.open(file, 1000)) {
            job = input.index().jobs().getFirst();
        }
        server.putCancelled(new LineJobIds(SCOPE).id(job, 0), Instant.now().minusSeconds(60));

        assertThat(run(line("a", "echo")).summary().count(LineState.COMPLETED)).isEqualTo(1);
        assertThat(server.ids()).contains(new LineJobIds(SCOPE).id(job, 1));
    }
}
