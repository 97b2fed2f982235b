package io.kagu.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.TreeMap;

class NodePortsTest {

    @Test
    void clientsOfARouteAreToldThePortOfItsProxy() {
        var routes = new TreeMap<>(Map.of("SIDE", new Route(30, 31)));

        Map<String, String> properties = new NodePorts(10, 20, routes).listeners();

        assertThat(properties)
                .containsEntry(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:10,CONTROLLER://127.0.0.1:20,SIDE://127.0.0.1:30")
                .containsEntry(
                        "advertised.listeners", "PLAINTEXT://127.0.0.1:10,SIDE://127.0.0.1:31")
                .containsEntry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SIDE:PLAINTEXT");
    }
}
