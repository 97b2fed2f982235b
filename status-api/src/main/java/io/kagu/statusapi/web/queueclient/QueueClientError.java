package io.kagu.statusapi.web.queueclient;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;

/** What does not exist, as queue clients are told. */
record QueueClientError(String error) {

    private static final int NOT_FOUND = 404;

    static void answer(Context ctx, String error) {
        HttpServer.json(ctx, NOT_FOUND, new QueueClientError(error));
    }
}
