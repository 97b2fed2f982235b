package io.kagu.statusapi.web;

import io.javalin.http.Context;

/** The answer to a request, as it is written once it is known. */
@FunctionalInterface
public interface Reply {

    /**
     * Writes it.
     *
     * @throws Exception to be answered as an error, such as a problem
     */
    void write(Context ctx) throws Exception;
}
