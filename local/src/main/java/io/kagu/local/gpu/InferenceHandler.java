package io.kagu.local.gpu;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;

import java.io.IOException;
import java.util.Optional;

/** Takes a call through faults, queue and computation to its answer. */
final class InferenceHandler {

    private final SimulatedGpuConfig config;
    private final Faults faults;
    private final CallLog log;
    private final EngineQueue queue;
    private final FrontDoor door;
    private final ClientWatch watch;
    private final RequestReader reader;
    private final Engine engine;
    private final ConstantAnswers constants;

    InferenceHandler(SimulatedGpuConfig config, GpuParts parts, FrontDoor door) {
        this.config = config;
        this.faults = parts.faults();
        this.log = parts.log();
        this.queue = parts.queue();
        this.watch = parts.watch();
        this.door = door;
        this.reader = new RequestReader(config.models());
        this.engine = new Engine(config);
        this.constants = new ConstantAnswers(config);
    }

    void handle(Context ctx, Route route) {
        var connection = ClientConnection.of(ctx, watch);
        var headers = log.remembers() ? CallHeaders.of(ctx) : CallHeaders.NONE;
        var exchange = new Exchange(ctx, connection, log.begin(headers, connection), door);
        exchange.begin();
        try {
            serveOrReject(exchange, route);
        } catch (ClientGoneException | IOException e) {
            exchange.gone();
        } finally {
            exchange.end();
        }
    }

    private void serveOrReject(Exchange exchange, Route route) throws IOException {
        try {
            serve(exchange, route);
        } catch (RejectedException e) {
            exchange.error(CallEnding.REJECTED, e.answer());
        } catch (HttpResponseException e) {
            exchange.error(CallEnding.REJECTED, unreadable(e.getStatus()));
        }
    }

    private void serve(Exchange exchange, Route route) throws IOException {
        var body = exchange.readBody();
        var plan = faults.planCall();
        if (plan.fault().isPresent() && failsAtOnce(exchange, plan.fault().get())) {
            return;
        }
        var spoiling = plan.fault().map(Spoiling::by).orElse(Spoiling.NONE);
        if (config.instant()) {
            hangIfPlanned(exchange, plan);
            exchange.answer(constants.of(route), spoiling);
            return;
        }
        var request = reader.read(route, body);
        exchange.call().asksFor(request.model());
        compute(exchange, engine.generate(request), plan, spoiling);
    }

    private boolean failsAtOnce(Exchange exchange, Fault.OfCall fault) throws IOException {
        switch (fault) {
            case Fault.FailWith(var status) ->
                    exchange.error(CallEnding.FAULTED, ErrorAnswer.ofFault(status));
            case Fault.TooManyRequests(var seconds) -> exchange.overloaded(seconds);
            case Fault.Hang _, Fault.Slow _, Fault.BrokenBody _, Fault.DropConnection _ -> {
                return false;
            }
        }
        return true;
    }

    private void compute(
            Exchange exchange, Answer answer, CallPlan<Fault.OfCall> plan, Spoiling spoiling)
            throws IOException {
        var request = answer.request();
        var timing = timing(request, plan);
        int tokens = request.promptTokens() + answer.completionTokens();
        try (var seat = queue.take(tokens, exchange.connection())) {
            hangIfPlanned(exchange, plan);
            if (request.options().stream() && request.route() != Route.EMBEDDINGS) {
                exchange.connection().pause(timing.prefill());
                new EventStream(exchange, answer, spoiling).send(timing.perToken());
                return;
            }
            exchange.connection().pause(timing.total(answer.longestChoice()));
        }
        exchange.answer(Bodies.bytesOf(AnswerJson.whole(answer)), spoiling);
    }

    private CallTiming timing(InferenceRequest request, CallPlan<Fault.OfCall> plan) {
        double factor = config.serviceTime().factor(engine.seedOf(request));
        return config.serviceTime().timing(request.promptTokens(), factor * plan.slowness());
    }

    private static void hangIfPlanned(Exchange exchange, CallPlan<Fault.OfCall> plan) {
        if (plan.fault().filter(Fault.Hang.class::isInstance).isPresent()) {
            exchange.connection().await(plan.release());
        }
    }

    private static ErrorAnswer unreadable(int status) {
        return new ErrorAnswer(
                status, "The request cannot be read.", Optional.empty(), Optional.empty());
    }
}
