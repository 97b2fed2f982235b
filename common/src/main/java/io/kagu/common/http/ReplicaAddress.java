package io.kagu.common.http;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where other replicas reach one, as {@code http://host:port}.
 *
 * @param host a name or an address; an IPv6 address without brackets
 */
public record ReplicaAddress(String host, int port) {

    /** What an address may look like, for people. */
    public static final String FORM = "http://host:port, without a path";

    private static final int MAX_PORT = 65_535;

    /**
     * The address in a URL.
     *
     * @throws IllegalArgumentException if it is of another form
     */
    public static ReplicaAddress parse(String url) {
        try {
            URI uri = new URI(url);
            boolean plain =
                    url.equals("http://" + uri.getRawAuthority()) && uri.getUserInfo() == null;
            if (plain && uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= MAX_PORT) {
                return new ReplicaAddress(unbracketed(uri.getHost()), uri.getPort());
            }
        } catch (URISyntaxException _) {
            // Falls through to the one answer for all faults.
        }
        throw new IllegalArgumentException("must be " + FORM);
    }

    /** The address that a setting names or, if it is blank, the one that is listened on. */
    public static ReplicaAddress advertised(String url, HttpConfig http) {
        return url.isBlank() ? new ReplicaAddress(http.reachableHost(), http.port()) : parse(url);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The address as {@link #parse} reads it. */
    public String url() {
        return "http://" + endpoint();
    }

    /** Host and port as one word, as Kafka Streams shares it. */
    public String endpoint() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The address of a path there. */
    public URI resolve(String rawPath) {
        return URI.create(url() + rawPath);
    }
}
