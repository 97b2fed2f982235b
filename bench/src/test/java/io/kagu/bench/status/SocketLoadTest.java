package io.kagu.bench.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.bench.status.core.LoadResult;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpServer;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

class SocketLoadTest {

    /** More than the server sends with a length: it comes in chunks. */
    private static final int LARGE = 300_000;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private HttpServer server() {
        return HttpServer.start(
                new HttpConfig("127.0.0.1", 0, 1_000),
                List.of(routes -> {
                    routes.get("/small/{id}", ctx -> ctx.result(note(ctx.path())));
                    routes.get(
                            "/large",
                            ctx -> {
                                ctx.res().setBufferSize(1_000);
                                ctx.outputStream().write(new byte[LARGE]);
                            });
                }));
    }

    private String note(String path) {
        asked.add(path);
        return path;
    }

    private static Load load(HttpServer server, int status, String... targets) {
        URI address = URI.create("http://127.0.0.1:" + server.port());
        return new Load(address, List.of(targets), status, 3, 1);
    }

    @Test
    void everyTargetIsAskedAndEveryAnswerCounted() {
        try (HttpServer server = server()) {
            LoadResult result =
                    new SocketLoad().run(load(server, 200, "/small/1", "/small/2", "/large"));

            assertThat(result.perSecond()).isPositive();
            assertThat(result.p50Micros()).isPositive().isLessThanOrEqualTo(result.p99Micros());
            assertThat(asked).isNotEmpty().isSubsetOf("/small/1", "/small/2");
        }
    }

    @Test
    void anAnswerWithAnotherStatusEndsIt() {
        try (HttpServer server = server()) {
            assertThatThrownBy(() -> new SocketLoad().run(load(server, 200, "/unknown")))
                    .hasMessage("404 instead of 200");
        }
    }
}
