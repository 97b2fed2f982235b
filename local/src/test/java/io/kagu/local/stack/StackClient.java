package io.kagu.local.stack;

import io.kagu.contract.ContractClient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Submits jobs to a stack and fetches their results, over HTTP. */
final class StackClient implements AutoCloseable {

    private static final String BODY =
            """
            {"model":"m","messages":[{"role":"user","content":"Hello"}],"max_tokens":5}\
            """;

    private final HttpClient http = ContractClient.create();
    private final String url;

    StackClient(LocalStack stack) {
        url = "http://127.0.0.1:" + stack.httpPort() + "/v1/";
    }

    /** Submits a job of the model {@code m}; says the status. */
    int submit(String id, String priority) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "jobs"))
                        .header("X-Kagu-Model", "m")
                        .header("X-Kagu-Id", id)
                        .header("X-Kagu-Priority", priority)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY)))
                .statusCode();
    }

    /** Asks for a result, once; says the status. */
    int result(String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "jobs/" + id + "/result?wait=20")))
                .statusCode();
    }

    /** What a path below {@code /v1} answers. */
    String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))).body();
    }

    /** Posts JSON to a path below {@code /v1}; says the status. */
    int post(String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                        .POST(HttpRequest.BodyPublishers.ofString(json)))
                .statusCode();
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
