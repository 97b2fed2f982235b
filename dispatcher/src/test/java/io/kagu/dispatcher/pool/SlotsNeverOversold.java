package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.executor.Call;

import java.util.Map;
import java.util.TreeMap;

/** A GPU never runs more calls than it has slots, by its own count. */
final class SlotsNeverOversold implements Watcher {

    private final Map<String, Integer> running = new TreeMap<>();

    @Override
    public void callBegan(Call call) {
        int now = running.merge(call.gpu().name(), 1, Integer::sum);
        assertThat(now)
                .as("calls on %s", call.gpu().name())
                .isLessThanOrEqualTo(call.gpu().slots());
    }

    @Override
    public void callEnded(Call call) {
        running.merge(call.gpu().name(), -1, Integer::sum);
    }
}
