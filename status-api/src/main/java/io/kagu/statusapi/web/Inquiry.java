package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.util.concurrent.CompletableFuture;

/** Finds the answer to a request, which may come later: until then it holds no thread. */
@FunctionalInterface
public interface Inquiry {

    /**
     * Reads the request and begins to find its answer.
     *
     * @throws Exception to be answered as an error, such as a problem
     */
    CompletableFuture<Reply> ask(Context ctx) throws Exception;

    /** One that is answered at once. */
    static Inquiry atOnce(Handler handler) {
        return _ -> CompletableFuture.completedFuture(handler::handle);
    }
}
