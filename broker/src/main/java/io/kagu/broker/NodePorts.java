package io.kagu.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ports of one node of a cluster.
 *
 * @param clients where clients and the other brokers connect
 * @param controller where controllers talk to each other
 * @param routes further ways in, by name
 */
record NodePorts(int clients, int controller, SortedMap<String, Route> routes) {

    private static final String PLAIN = "PLAINTEXT";

    NodePorts {
        routes = new TreeMap<>(routes);
    }

    String voter(int nodeId) {
        return nodeId + "@" + BrokerProperties.LOOPBACK + ":" + controller;
    }

    /** What the node listens on and what it says of that, as broker properties. */
    Map<String, String> listeners() {
        String own = at(PLAIN, clients);
        List<String> listen =
                new ArrayList<>(List.of(own, at(BrokerProperties.CONTROLLER_LISTENER, controller)));
        List<String> advertised = new ArrayList<>(List.of(own));
        List<String> protocols =
                new ArrayList<>(
                        List.of(
                                PLAIN + ":" + PLAIN,
                                BrokerProperties.CONTROLLER_LISTENER + ":" + PLAIN));
        routes.forEach((name, route) -> {
            listen.add(at(name, route.listen()));
            advertised.add(at(name, route.advertised()));
            protocols.add(name + ":" + PLAIN);
        });
        return Map.of(
                "listeners", String.join(",", listen),
                "advertised.listeners", String.join(",", advertised),
                "listener.security.protocol.map", String.join(",", protocols));
    }

    private static String at(String listener, int port) {
        return listener + "://" + BrokerProperties.LOOPBACK + ":" + port;
    }
}
