package io.kagu.bench.soak;

import io.kagu.bench.service.Http;
import io.kagu.bench.service.ServiceProcess;
import io.kagu.bench.service.ServiceRole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Memory of the processes and disk of their data, in bytes, as they are now. */
final class Gauges {

    /** Names of the figures, in their order. */
    static final List<String> NAMES =
            List.of(
                    "dispatcher rss",
                    "dispatcher heap",
                    "dispatcher stores",
                    "status-api rss",
                    "status-api heap",
                    "status-api stores",
                    "broker rss",
                    "dispatcher changelog",
                    "other topics");

    /** A status-api keeps ended jobs for an hour at least: this grows through any run. */
    static final String GROWS_BY_DESIGN = "status-api stores";

    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
    private static final String RSS = "VmRSS:";
    private static final long KIB = 1024;

    private final SoakStack stack;

    Gauges(SoakStack stack) {
        this.stack = stack;
    }

    List<Long> read() throws InterruptedException {
        return List.of(
                rss(stack.dispatcher().pid()),
                heap(stack.dispatcher()),
                disk(stack.stores(ServiceRole.DISPATCHER), _ -> true),
                rss(stack.statusApi().pid()),
                heap(stack.statusApi()),
                disk(stack.stores(ServiceRole.STATUS_API), _ -> true),
                rss(stack.brokerPid()),
                disk(stack.logs(), Gauges::ofDispatcher),
                disk(stack.logs(), file -> !ofDispatcher(file) && !ofStatus(file)));
    }

    private static boolean ofDispatcher(Path file) {
        return file.toString().contains("dispatcher-jobs-changelog");
    }

    /** Kept as long as its stores. */
    private static boolean ofStatus(Path file) {
        return file.toString().contains("-changelog");
    }

    private static long rss(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(RSS))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long heap(ServiceProcess service) throws InterruptedException {
        String metrics =
                Http.get(service.address().resolve("/metrics")).map(a -> a.body()).orElse("");
        return (long)
                metrics.lines()
                        .filter(line -> line.startsWith(HEAP))
                        .mapToDouble(line ->
                                Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
    }

    private static long disk(Path folder, Predicate<Path> counted) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(counted).mapToLong(Gauges::size).sum();
        } catch (IOException | UncheckedIOException e) {
            // A folder that went away in the middle of the walk: the next sample sees the rest.
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
