package io.kagu.bench.status;

import io.kagu.bench.status.core.LoadResult;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Load by wrk, which takes least of the processors that it shares with the server. */
final class Wrk implements LoadGenerator {

    private static final String SCRIPT = "load.lua";
    private static final String RESULT = "load ";
    private static final int FIGURES = 6;

    private final Path executable;
    private final Path script;
    private final Path targets;

    Wrk(Path executable, Path folder) {
        this.executable = executable;
        this.script = folder.resolve(SCRIPT);
        this.targets = folder.resolve("targets.txt");
        try (InputStream source = Wrk.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, Objects.requireNonNull(source).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + script, e);
        }
    }

    static Optional<Path> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "wrk"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String name() {
        return "wrk";
    }

    @Override
    public LoadResult run(Load load) throws InterruptedException {
        try {
            Files.write(targets, load.targets());
            Process wrk = new ProcessBuilder(command(load)).redirectErrorStream(true).start();
            String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            wrk.waitFor();
            return result(load, said);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run wrk", e);
        }
    }

    private List<String> command(Load load) {
        return List.of(
                executable.toString(),
                "--threads=1",
                "--connections=" + load.connections(),
                "--duration=" + load.seconds() + "s",
                "--timeout=10s",
                "--script=" + script,
                load.server().toString(),
                "--",
                targets.toString());
    }

    private static LoadResult result(Load load, String said) {
        long[] figures =
                said.lines()
                        .filter(line -> line.startsWith(RESULT))
                        .map(line -> figures(line.substring(RESULT.length())))
                        .filter(all -> all.length == FIGURES)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("wrk said: " + said));
        long requests = figures[0];
        long refused = figures[4];
        long broken = figures[5];
        // It counts what is above 399 and tells no more.
        long expected = load.status() >= 400 ? requests : 0;
        if (requests == 0 || refused != expected || broken > 0) {
            throw new IllegalStateException(
                    "of %d answers %d were refusals instead of %d; %d connections broke"
                            .formatted(requests, refused, expected, broken));
        }
        double seconds = figures[1] / (double) TimeUnit.SECONDS.toMicros(1);
        return new LoadResult(requests / seconds, figures[2], figures[3]);
    }

    private static long[] figures(String words) {
        return Stream.of(words.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }
}
