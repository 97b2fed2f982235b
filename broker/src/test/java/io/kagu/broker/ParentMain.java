package io.kagu.broker;

import java.io.IOException;
import java.nio.file.Path;

/** A parent to be killed: starts a broker, writes, prints the broker's pid and waits. */
final class ParentMain {

    private ParentMain() {}

    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(args[0])));
        new TestTopic(broker.bootstrapServers(), "numbers")
                .create()
                .write(Integer.parseInt(args[1]));
        System.out.println("broker " + broker.pid());
        waitForever();
    }

    private static void waitForever() throws IOException {
        while (System.in.read() >= 0) {
            // Only a kill ends this process.
        }
    }
}
