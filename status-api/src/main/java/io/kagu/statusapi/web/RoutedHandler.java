package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.ProblemException;
import io.kagu.statusapi.peer.PeerRequest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A route about the job whose id is in its path, see {@link JobHop}.
 *
 * @param path of the route, with {@code {id}}
 * @param here answers for jobs of this replica
 * @param copy answers from a copy, or ends the request with a problem
 */
public record RoutedHandler(String path, Replicas replicas, Inquiry here, Handler copy)
        implements Inquiry {

    /** For what a copy cannot tell. */
    public static final Handler NO_COPY =
            _ -> {
                throw new ProblemException(JobProblems.unreachable());
            };

    /** Beyond the wait that the caller asks for: the hop, and the wait for a new job. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public CompletableFuture<Reply> ask(Context ctx) throws Exception {
        return new JobHop(replicas)
                .ask(ctx, ctx.pathParam("id"), new JobHop.Ways(here, () -> question(ctx), copy));
    }

    private PeerRequest question(Context ctx) {
        return new PeerRequest(
                ctx.method().name(),
                target(ctx),
                ForwardedHeaders.of(ctx),
                PATIENCE.plus(wait(ctx)));
    }

    private Duration wait(Context ctx) {
        return path.endsWith("/result") ? WaitParameter.read(ctx) : Duration.ZERO;
    }

    /**
     * Made anew of what was understood: what a caller wrote never becomes part of a URL as it is.
     */
    private String target(Context ctx) {
        String target = path.replace("{id}", ctx.pathParam("id"));
        return ctx.queryParamMap().isEmpty() ? target : target + "?" + query(ctx.queryParamMap());
    }

    static String query(Map<String, List<String>> parameters) {
        return parameters.entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream()
                                .map(value -> encode(entry.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
