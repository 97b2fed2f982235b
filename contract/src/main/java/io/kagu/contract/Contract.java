package io.kagu.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges whether answers are as a description says. */
public final class Contract {

    /** What the services promise. */
    public static final Contract SERVED = new Contract(ApiDescription.served());

    private static final JsonPointer REFUSED = JsonPointer.compile("/components/responses/Refused");
    private static final int OK = 200;
    private static final int FIRST_REFUSAL = 400;
    private static final int BUG = 500;

    private final ApiDescription api;
    private final AnswerBodies bodies;
    private final AnswerHeaders headers;

    /** A contract of this description. */
    public Contract(ApiDescription api) {
        this.api = api;
        this.bodies = new AnswerBodies(api);
        this.headers = new AnswerHeaders(api);
    }

    /**
     * Ends a test whose answer is not as described.
     *
     * @throws BrokenContract naming all that is wrong
     */
    public void require(Exchange exchange) {
        broken(exchange)
                .ifPresent(broken -> {
                    throw broken;
                });
    }

    /** What is wrong with an answer; empty if it is as described. */
    public Optional<BrokenContract> broken(Exchange exchange) {
        List<String> faults = faults(exchange);
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(new BrokenContract(exchange, faults));
    }

    private List<String> faults(Exchange exchange) {
        if (exchange.status() == BUG) {
            return List.of("the service failed inside: see its log");
        }
        if (isRefusal(exchange)) {
            return List.of();
        }
        Optional<DescribedRoute> route = api.route(exchange.method(), exchange.path());
        if (route.isEmpty()) {
            return List.of("the route is not described");
        }
        if (exchange.isHead()) {
            return ofHead(exchange);
        }
        return api.response(route.get(), exchange.status())
                .map(response -> faults(exchange, response))
                .orElseGet(() -> List.of("the status is not described of " + route.get().name()));
    }

    /**
     * To a HEAD, a refusal has no body, unless the server could not even read that it was a HEAD;
     * it then closes the connection.
     */
    private boolean isRefusal(Exchange exchange) {
        if (exchange.isHead() && exchange.body().isEmpty()) {
            return exchange.status() >= FIRST_REFUSAL;
        }
        boolean unread = exchange.status() == FIRST_REFUSAL;
        return (unread || !exchange.isHead()) && faults(exchange, REFUSED).isEmpty();
    }

    /** The framework answers it without asking the route, which may wait or open a stream. */
    private static List<String> ofHead(Exchange exchange) {
        return exchange.status() == OK && exchange.body().isEmpty()
                ? List.of()
                : List.of("a HEAD is answered 200 without a body");
    }

    private List<String> faults(Exchange exchange, JsonPointer response) {
        List<String> faults = new ArrayList<>(headers.faults(exchange, response));
        faults.addAll(bodies.faults(exchange, response));
        if (exchange.mediaType().equals(Optional.of("application/problem+json"))) {
            faults.addAll(ofProblem(exchange));
        }
        return faults;
    }

    /** What a problem says twice it must say alike. */
    private static List<String> ofProblem(Exchange exchange) {
        List<String> faults = new ArrayList<>();
        try {
            JsonNode problem = Json.tree(exchange.body().bytes());
            if (problem.path("status").asInt() != exchange.status()) {
                faults.add("the problem's status is not the answer's");
            }
            String seconds = problem.path("retry_after_seconds").asText();
            if (!seconds.equals(exchange.header("Retry-After").orElse(""))) {
                faults.add("the problem's retry_after_seconds is not the header Retry-After");
            }
        } catch (BadJsonException e) {
            faults.add(e.getMessage());
        }
        return faults;
    }
}
