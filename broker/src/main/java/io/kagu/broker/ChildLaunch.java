package io.kagu.broker;

import io.kagu.broker.BrokerStartException.Reason;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the child process with the running JVM's own executable and class path. */
final class ChildLaunch {

    private static final String LOGGING = "io/kagu/broker/broker-logback.xml";

    private ChildLaunch() {}

    static Process start(BrokerConfig config) {
        try {
            return new ProcessBuilder(command(config)).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new BrokerStartException(
                    Reason.FAILED, "Kafka's process cannot be started: " + e.getMessage());
        }
    }

    static List<String> command(BrokerConfig config) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions(config));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BrokerProcess.class.getName());
        command.addAll(ChildArguments.of(config).words());
        return command;
    }

    private static List<String> jvmOptions(BrokerConfig config) {
        var folder = new DataFolder(config.dataDir());
        return List.of(
                "-Xmx" + config.heapMb() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (config.peakSpeed() ? 4 : 1),
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + folder.root().resolve("broker-crash-%p.log"),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=" + LOGGING,
                "-Dkagu.broker.log=" + folder.log());
    }
}
