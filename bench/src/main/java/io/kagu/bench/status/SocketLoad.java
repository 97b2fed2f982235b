package io.kagu.bench.status;

import io.kagu.bench.core.Latency.Spread;
import io.kagu.bench.core.Samples;
import io.kagu.bench.status.core.LoadResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Load by one thread of this process over plain sockets, where there is no wrk. */
final class SocketLoad implements LoadGenerator {

    private static final long SILENCE_MILLIS = 10_000;
    private static final long NANOS_PER_MICRO = 1_000;

    @Override
    public String name() {
        return "a loop over sockets";
    }

    @Override
    public LoadResult run(Load load) {
        try (Selector selector = Selector.open()) {
            return new Measuring(load, selector).run();
        } catch (IOException e) {
            throw new UncheckedIOException("the load broke off", e);
        }
    }

    private static final class Measuring {

        private final Load load;
        private final Selector selector;
        private final LongStream.Builder micros = LongStream.builder();
        private int answers;
        private int next;

        Measuring(Load load, Selector selector) {
            this.load = load;
            this.selector = selector;
        }

        LoadResult run() throws IOException {
            List<SocketCaller> callers = new ArrayList<>();
            try {
                for (int i = 0; i < load.connections(); i++) {
                    callers.add(SocketCaller.open(load.server(), selector));
                }
                return measure(callers);
            } finally {
                for (SocketCaller caller : callers) {
                    caller.close();
                }
            }
        }

        private LoadResult measure(List<SocketCaller> callers) throws IOException {
            long began = System.nanoTime();
            long end = began + TimeUnit.SECONDS.toNanos(load.seconds());
            for (SocketCaller caller : callers) {
                caller.ask(nextTarget());
            }
            while (System.nanoTime() < end || answers < load.connections()) {
                if (selector.select(this::answered, SILENCE_MILLIS) == 0) {
                    throw new IllegalStateException("no answer in " + SILENCE_MILLIS + " ms");
                }
            }
            double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
            Samples samples = Samples.of(micros.build());
            Spread spread = Spread.of(samples);
            return new LoadResult(samples.size() / seconds, spread.p50(), spread.p99());
        }

        private void answered(SelectionKey key) {
            SocketCaller caller = (SocketCaller) key.attachment();
            try {
                if (caller.read()) {
                    answers++;
                    micros.add((System.nanoTime() - caller.askedAt()) / NANOS_PER_MICRO);
                    if (caller.status() != load.status()) {
                        throw new IllegalStateException(
                                "%d instead of %d".formatted(caller.status(), load.status()));
                    }
                    caller.ask(nextTarget());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String nextTarget() {
            String target = load.targets().get(next);
            next = (next + 1) % load.targets().size();
            return target;
        }
    }
}
