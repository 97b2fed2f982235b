package io.kagu.dispatcher.executor;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import javax.net.ssl.SSLException;

/** Names what broke a call, in words that never quote what the server sent. */
final class CallFailures {

    private CallFailures() {}

    /** The reason of the fault. */
    static String reason(Throwable failure) {
        return switch (bare(failure)) {
            case HttpConnectTimeoutException _ -> "connect timed out";
            case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
                    "cannot connect: unknown host";
            case ConnectException _ -> "cannot connect";
            case SSLException _ -> "TLS failed";
            case ProtocolException _ -> "broken HTTP response";
            default -> "connection lost";
        };
    }

    private static Throwable bare(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof ExecutionException || inner instanceof CompletionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
