package io.kagu.cli.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

final class ResultLineTest {

    private static String write(LineEnd end, String body) {
        return ResultLine.write(
                end, Optional.of(ResultBody.of(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        LineEnd end = Lines.end(3, LineState.COMPLETED);

        assertThat(ResultLine.read(write(end, "{\"state\":\"DEAD\",\"custom_id\":\"x\"}")))
                .contains(end);
    }

    @Test
    void anErrorIsReadBack() {
        IndexedLine.Malformed line = new IndexedLine.Malformed(4, "line-4", List.of("no body"));
        LineEnd end = LineEnd.malformed(line);

        assertThat(ResultLine.read(ResultLine.write(end, Optional.empty()))).contains(end);
    }

    @Test
    void aLineReadsLikeThis() {
        assertThat(write(Lines.end(3, LineState.COMPLETED), "{\n \"a\": 1.10\n}\n"))
                .isEqualTo(
                        """
                        {"custom_id":"job-3","id":"id-3","state":"COMPLETED","gpu":"gpu-a",\
                        "attempts":1,"wait_ms":1500,"run_ms":40,"result":{  "a": 1.10 },\
                        "generation":0,"content":"c3"}\
                        """);
    }

    @Test
    void aTornOrForeignLineIsNone() {
        String line = write(Lines.end(3, LineState.COMPLETED), "{\"a\":1}");

        assertThat(ResultLine.read(line.substring(0, line.length() - 1))).isEmpty();
        assertThat(ResultLine.read("{\"name\":\"x\"}")).isEmpty();
        assertThat(ResultLine.read("")).isEmpty();
    }
}
