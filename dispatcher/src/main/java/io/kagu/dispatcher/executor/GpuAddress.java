package io.kagu.dispatcher.executor;

import java.net.URI;

/** Where a job's path is on a GPU server. */
final class GpuAddress {

    private GpuAddress() {}

    /**
     * Joins a server's base URL and a job's path. A base that already ends with the path's first
     * segment, as OpenAI base URLs do with {@code /v1}, does not repeat it.
     *
     * @throws IllegalArgumentException if the two make no URL
     */
    static URI of(URI endpoint, String path) {
        if (endpoint.getRawAuthority() == null) {
            throw new IllegalArgumentException("the endpoint names no host");
        }
        String base =
                endpoint.getScheme() + "://" + endpoint.getRawAuthority() + basePath(endpoint);
        int second = path.indexOf('/', 1);
        String first = second < 0 ? path : path.substring(0, second);
        boolean repeated = basePath(endpoint).endsWith(first);
        return URI.create(repeated ? base + path.substring(first.length()) : base + path);
    }

    private static String basePath(URI endpoint) {
        String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
