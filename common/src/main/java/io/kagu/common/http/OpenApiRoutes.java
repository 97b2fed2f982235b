package io.kagu.common.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * {@code GET /openapi.yaml}: the description of all services' routes as this build has them. Every
 * service serves the whole of it.
 */
public final class OpenApiRoutes implements HttpRoutes {

    private static final String PATH = "/openapi.yaml";
    private static final String RESOURCE = "openapi.yaml";

    /** RFC 9512. */
    private static final String YAML = "application/yaml";

    private static final int ETAG_BYTES = 8;
    private static final int NOT_MODIFIED = 304;

    private final byte[] description = description();
    private final String etag = etag(description);

    /** The description, in UTF-8. */
    public static byte[] description() {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::describe);
    }

    private void describe(Context ctx) {
        ctx.header("ETag", etag).header("Cache-Control", "no-cache");
        if (etag.equals(ctx.header("If-None-Match"))) {
            ctx.status(NOT_MODIFIED);
        } else {
            ctx.contentType(YAML).result(description);
        }
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, ETAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
