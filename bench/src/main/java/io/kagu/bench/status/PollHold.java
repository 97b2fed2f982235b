package io.kagu.bench.status;

import io.kagu.bench.service.Http;
import io.kagu.bench.status.core.HeldPolls;
import io.kagu.bench.status.core.LoadResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Has a status-api hold many long polls at a time, and asks it other things meanwhile. */
final class PollHold {

    private static final String WAITERS = "kagu_status_waiters ";
    private static final String RSS = "VmRSS:";
    private static final long KIB = 1024;
    private static final Duration CHECK = Duration.ofMillis(100);
    private static final int CHECKS = 100;

    private final FilledStore store;
    private final LoadGenerator generator;

    PollHold(FilledStore store, LoadGenerator generator) {
        this.store = store;
        this.generator = generator;
    }

    /**
     * Measures.
     *
     * @param targets of the long polls, one each
     * @param meanwhile what is asked while all of them wait
     */
    HeldPolls run(List<String> targets, Load meanwhile) throws InterruptedException {
        long before = rss();
        List<SocketCaller> callers = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            try {
                for (String target : targets) {
                    SocketCaller caller = SocketCaller.open(store.address(), selector);
                    callers.add(caller);
                    caller.ask(target);
                }
                int held = awaitHeld(targets.size());
                LoadResult result = generator.run(meanwhile);
                return new HeldPolls(targets.size(), held, before, rss(), result);
            } finally {
                for (SocketCaller caller : callers) {
                    caller.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the long polls broke off", e);
        }
    }

    private int awaitHeld(int wanted) throws InterruptedException {
        int held = held();
        for (int i = 0; i < CHECKS && held < wanted; i++) {
            Thread.sleep(CHECK);
            held = held();
        }
        return held;
    }

    private int held() throws InterruptedException {
        return Http.get(store.address().resolve("/metrics")).map(HttpResponse::body).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(WAITERS))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(WAITERS.length())))
                .findFirst()
                .orElse(0);
    }

    private long rss() {
        Path status = Path.of("/proc", Long.toString(store.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(RSS))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
