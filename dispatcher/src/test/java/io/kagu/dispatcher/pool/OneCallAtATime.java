package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.executor.Call;

import java.util.Map;
import java.util.TreeMap;

/** No two calls of a job run at the same time, whatever moved, died or came twice. */
final class OneCallAtATime implements Watcher {

    private final Map<String, Integer> running = new TreeMap<>();

    @Override
    public void callBegan(Call call) {
        int now = running.merge(call.job().id(), 1, Integer::sum);
        assertThat(now).as("calls of %s at once", call.job().id()).isEqualTo(1);
    }

    @Override
    public void callEnded(Call call) {
        running.merge(call.job().id(), -1, Integer::sum);
    }
}
