package io.kagu.bench.chaos;

import io.kagu.broker.Route;

import java.util.List;
import java.util.stream.Collectors;

/** The way of one replica to all brokers, which can be cut. */
final class NetworkLink implements AutoCloseable {

    private final TcpProxy.Gate gate = new TcpProxy.Gate();
    private final List<Route> route;
    private final List<TcpProxy> proxies;

    NetworkLink(List<Route> route) {
        this.route = List.copyOf(route);
        this.proxies =
                route.stream()
                        .map(each -> TcpProxy.start(each.advertised(), each.listen(), gate))
                        .toList();
    }

    String bootstrapServers() {
        return route.stream()
                .map(each -> "127.0.0.1:" + each.advertised())
                .collect(Collectors.joining(","));
    }

    void cut() {
        gate.open(false);
    }

    void heal() {
        gate.open(true);
    }

    @Override
    public void close() {
        heal();
        proxies.forEach(TcpProxy::close);
    }
}
