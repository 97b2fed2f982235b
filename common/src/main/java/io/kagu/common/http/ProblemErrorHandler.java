package io.kagu.common.http;

import io.kagu.common.codec.Json;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Answers with a problem what the HTTP server refuses before any route sees it: malformed requests,
 * too long URIs, too large headers. Its own pages quote the request and tell its insides.
 */
final class ProblemErrorHandler extends ErrorHandler {

    /** By default callers of other methods than GET, POST and HEAD would be told nothing. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = FrameworkErrors.problem(code);
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        // Where it could not read the path, the server does not know that it was a HEAD.
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        byte[] body = head ? new byte[0] : Json.write(problem);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
