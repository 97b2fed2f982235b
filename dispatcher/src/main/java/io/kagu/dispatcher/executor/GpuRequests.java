package io.kagu.dispatcher.executor;

import io.kagu.dispatcher.core.Outcome;

import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes HTTP requests out of calls. */
final class GpuRequests {

    private final Credentials credentials;

    GpuRequests(Credentials credentials) {
        this.credentials = credentials;
    }

    /** A request, or why there can be none. */
    sealed interface Prepared {
        /** May be sent. */
        record Ready(HttpRequest request) implements Prepared {}

        /** The call ends without a request. */
        record Refused(Outcome outcome) implements Prepared {}
    }

    /** The request of a call. */
    Prepared prepare(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        try {
            request.uri(GpuAddress.of(call.gpu().endpoint(), call.job().path()));
        } catch (IllegalArgumentException e) {
            return new Prepared.Refused(new Outcome.Fault("the GPU's endpoint cannot be called"));
        }
        try {
            request.header("Content-Type", call.job().contentType());
        } catch (IllegalArgumentException e) {
            return new Prepared.Refused(unsendable("content type cannot be sent"));
        }
        return authorized(request, call);
    }

    private Prepared authorized(HttpRequest.Builder request, Call call) {
        Optional<String> variable = call.gpu().credentialEnv();
        if (variable.isPresent()) {
            Optional<String> token = credentials.lookUp(variable.get());
            if (token.isEmpty()) {
                return new Prepared.Refused(unusable(variable.get(), "is not set"));
            }
            try {
                request.header("Authorization", "Bearer " + token.get().strip());
            } catch (IllegalArgumentException e) {
                return new Prepared.Refused(unusable(variable.get(), "holds no token"));
            }
        }
        request.header("Accept", "*/*")
                .header("X-Request-Id", call.job().id())
                .header("X-Kagu-Job", call.job().id())
                .header("X-Kagu-Attempt", Integer.toString(call.attempt()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(ModelField.bodyFor(call)));
        return new Prepared.Ready(request.build());
    }

    private static Outcome unusable(String variable, String state) {
        return new Outcome.Fault("credential variable " + variable + " " + state);
    }

    private static Outcome unsendable(String reason) {
        return new Outcome.Rejected(OutcomeClassifier.REJECTED, OptionalInt.empty(), reason);
    }
}
