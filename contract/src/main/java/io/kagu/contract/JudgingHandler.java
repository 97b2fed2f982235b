package io.kagu.contract;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Optional;
import java.util.function.Function;

/** Hands an answer on to who reads it, and judges it once it is complete. */
final class JudgingHandler<T> implements BodyHandler<T> {

    private final HttpRequest request;
    private final BodyHandler<T> reader;
    private final Contract contract;

    private volatile Optional<BrokenContract> broken = Optional.empty();

    JudgingHandler(HttpRequest request, BodyHandler<T> reader, Contract contract) {
        this.request = request;
        this.reader = reader;
        this.contract = contract;
    }

    @Override
    public BodySubscriber<T> apply(ResponseInfo head) {
        Function<Exchange.Body, Exchange> exchange = body -> exchange(head, body);
        boolean stream =
                head.headers()
                        .firstValue("Content-Type")
                        .map(MediaTypes::bare)
                        .filter(MediaTypes.EVENTS::equals)
                        .isPresent();
        return new WatchedBody<>(reader.apply(head), stream, body -> judge(exchange.apply(body)));
    }

    private Exchange exchange(ResponseInfo head, Exchange.Body body) {
        URI uri = request.uri();
        String target =
                uri.getRawQuery() == null
                        ? uri.getRawPath()
                        : uri.getRawPath() + "?" + uri.getRawQuery();
        return new Exchange(request.method(), target, head.statusCode(), head.headers(), body);
    }

    private void judge(Exchange exchange) {
        Optional<BrokenContract> found = contract.broken(exchange);
        found.ifPresent(BrokenContracts::note);
        broken = broken.or(() -> found);
    }

    /** Ends the call if what came of the answer so far breaks the contract. */
    void requireUnbroken() {
        broken.ifPresent(found -> {
            throw found;
        });
    }
}
