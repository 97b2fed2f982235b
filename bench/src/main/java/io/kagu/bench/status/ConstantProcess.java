package io.kagu.bench.status;

import io.kagu.bench.child.ChildLoop;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpServer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Child process: a server of the services' framework whose every answer is the same bytes. */
final class ConstantProcess {

    private static final long MAX_BODY_BYTES = 64 * 1024;

    private ConstantProcess() {}

    /** Argument: the file with the answer. */
    public static void main(String[] arguments) throws IOException {
        byte[] constant = Files.readAllBytes(Path.of(arguments[0]));
        try (HttpServer server =
                HttpServer.start(
                        new HttpConfig("127.0.0.1", 0, MAX_BODY_BYTES),
                        List.of(routes ->
                                routes.get(
                                        "/v1/jobs/{id}",
                                        ctx ->
                                                ctx.status(200)
                                                        .contentType("application/json")
                                                        .result(constant))))) {
            ChildLoop.run(_ -> List.of("http://127.0.0.1:" + server.port()));
        }
    }
}
