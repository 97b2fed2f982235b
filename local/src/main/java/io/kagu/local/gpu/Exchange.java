package io.kagu.local.gpu;

import io.javalin.http.Context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One call from arrival to answer: its request, its connection and its entry in the log.
 *
 * <p>Every ending is logged before the last byte leaves, so that a client which reacts to the
 * answer with its next call never finds this one still counted.
 */
final class Exchange {

    private final Context ctx;
    private final ClientConnection connection;
    private final OpenCall call;
    private final FrontDoor door;

    Exchange(Context ctx, ClientConnection connection, OpenCall call, FrontDoor door) {
        this.ctx = ctx;
        this.connection = connection;
        this.call = call;
        this.door = door;
        var requestId = ctx.header("X-Request-Id");
        if (requestId != null) {
            ctx.header("X-Request-Id", requestId);
        }
    }

    void begin() {
        door.enter(connection.endPoint());
    }

    /** To be called once whatever happened; a call that has no ending yet failed by our fault. */
    void end() {
        call.end(CallEnding.FAULTED, 500);
        door.leave(connection.endPoint());
    }

    ClientConnection connection() {
        return connection;
    }

    OpenCall call() {
        return call;
    }

    /** Reads the whole body; from then on a client that leaves is noticed. */
    byte[] readBody() {
        var body = ctx.bodyAsBytes();
        connection.startWatching();
        return body;
    }

    void answer(byte[] json, Spoiling spoiling) throws IOException {
        connection.requireOpen();
        switch (spoiling) {
            case NONE -> send(CallEnding.COMPLETED, 200, json);
            case BREAK_OFF -> send(CallEnding.FAULTED, 200, half(json));
            case DROP_CONNECTION -> {
                finish(CallEnding.FAULTED, 200);
                head(200, "application/json");
                ctx.res().setContentLength(json.length);
                write(half(json));
                connection.close();
            }
        }
    }

    void error(CallEnding ending, ErrorAnswer error) throws IOException {
        send(ending, error.status(), error.body());
    }

    void overloaded(int retryAfterSeconds) throws IOException {
        ctx.header("Retry-After", Integer.toString(retryAfterSeconds));
        error(CallEnding.FAULTED, ErrorAnswer.ofFault(429));
    }

    /** Opens a stream of server-sent events. */
    void startStream() {
        closeAfterwardsUnlessOpen();
        ctx.header("Cache-Control", "no-cache");
        head(200, "text/event-stream; charset=utf-8");
    }

    void stream(String event) throws IOException {
        write(event.getBytes(StandardCharsets.UTF_8));
    }

    void endStream(CallEnding ending, String lastEvent) throws IOException {
        boolean reusable = finish(ending, 200);
        stream(lastEvent);
        ctx.res().getOutputStream().close();
        if (!reusable) {
            connection.close();
        }
    }

    void dropStream() {
        finish(CallEnding.FAULTED, 200);
        connection.close();
    }

    /** The connection is gone, by the client's will or because this server died. */
    void gone() {
        finish(door.isDead() ? CallEnding.FAULTED : CallEnding.ABORTED, 0);
        // A client may have closed only its sending half: it must not take silence for an answer.
        connection.close();
    }

    private void send(CallEnding ending, int status, byte[] json) throws IOException {
        closeAfterwardsUnlessOpen();
        if (!finish(ending, status)) {
            ctx.header("Connection", "close");
        }
        head(status, "application/json");
        ctx.res().setContentLength(json.length);
        var out = ctx.res().getOutputStream();
        out.write(json);
        out.close();
    }

    private void closeAfterwardsUnlessOpen() {
        if (!door.isOpen()) {
            ctx.header("Connection", "close");
        }
    }

    private boolean finish(CallEnding ending, int status) {
        boolean reusable = connection.stopWatching();
        call.end(ending, status);
        return reusable;
    }

    private void head(int status, String contentType) {
        ctx.status(status);
        ctx.res().setContentType(contentType);
    }

    private void write(byte[] bytes) throws IOException {
        ctx.res().getOutputStream().write(bytes);
        ctx.res().flushBuffer();
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }
}
