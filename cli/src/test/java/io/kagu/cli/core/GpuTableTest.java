package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class GpuTableTest {

    private static final String ANSWER =
            """
            {"gpus": [
              {"spec": {"name": "big", "pool": "chat", "slots": 4, "draining": false},
               "usable": true, "running": 2, "breaker": "CLOSED", "drained": false,
               "metrics": {"health": "ok", "gpu_util_pct": 61.4, "vram_pct": 72.6}},
              {"spec": {"name": "b", "pool": "chat", "slots": 1, "draining": false},
               "usable": false, "running": 0, "breaker": "OPEN", "drained": false,
               "reason": {"code": "breaker_open", "message": "…",
                          "until": "2026-01-02T03:04:05Z"}},
              {"spec": {"name": "new", "pool": "other", "slots": 1, "draining": false},
               "usable": true, "drained": false,
               "metrics": {"health": "unknown"},
               "reason": {"code": "no_owner", "message": "…"}}],
             "left_out": {"odd": ["gpu odd: slots must be 1..4096"]}}\
            """;

    @Test
    void eachGpuIsALineAndWhatIsUnknownIsADash() {
        GpuFacts.All all = Json.read(ANSWER.getBytes(StandardCharsets.UTF_8), GpuFacts.All.class);

        assertThat(String.join("\n", GpuTable.lines(all)))
                .isEqualTo(
                        """
                        GPU  POOL   SLOTS  RUNNING  HEALTH   UTIL  VRAM  BREAKER  USABLE
                        big  chat   4      2        ok       61 %  73 %  closed   yes
                        b    chat   1      0        -        -     -     open     no: breaker_open until 2026-01-02T03:04:05Z
                        new  other  1      -        unknown  -     -     -        yes: no_owner
                        left out: odd: gpu odd: slots must be 1..4096\
                        """);
    }
}
