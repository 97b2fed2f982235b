package io.kagu.common.http;

import io.kagu.common.config.SettingsException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where a service listens.
 *
 * @param port 0 takes a free one
 * @param maxBodyBytes largest request body
 */
public record HttpConfig(String host, int port, long maxBodyBytes) {

    /**
     * An address that is safe to listen on: loopback, or any other only if the operator said so.
     *
     * @param hostKey the setting that holds the host, for the error
     * @param allowed whether listening beyond loopback without authentication was allowed
     * @param allowKey the setting that allows it, for the error
     */
    public HttpConfig checked(String hostKey, boolean allowed, String allowKey) {
        if (!allowed && !isLoopback(hostKey)) {
            throw new SettingsException(
                    List.of(
                            "%s=%s listens beyond loopback without authentication: set %s=true to allow it"
                                    .formatted(hostKey, host, allowKey)));
        }
        return this;
    }

    /**
     * The same with a port that is free now in place of 0, for those who must be told of it before
     * the server starts.
     *
     * @throws HttpStartException if there is none
     */
    public HttpConfig withRealPort() {
        if (port != 0) {
            return this;
        }
        return new HttpConfig(host, FreePort.of(host), maxBodyBytes);
    }

    /** What others can call this host: of one that listens everywhere, the machine's address. */
    public String reachableHost() {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress()
                    ? InetAddress.getLocalHost().getHostAddress()
                    : host;
        } catch (UnknownHostException e) {
            return host;
        }
    }

    private boolean isLoopback(String hostKey) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SettingsException(List.of(hostKey + "=" + host + " is no known host"));
        }
    }
}
