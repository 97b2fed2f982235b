package io.kagu.broker;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Main of the child process: takes the data folder, makes it ready and becomes a Kafka broker.
 *
 * <p>The child alone touches the data folder, and only with the folder's lock in its hands. It ends
 * when its standard input ends, which it does when the parent is gone, however that died.
 */
public final class BrokerProcess {

    static final int EXIT_REFUSED = 3;

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private BrokerProcess() {}

    public static void main(String[] args) throws IOException {
        PrintStream parent = System.out;
        ParentWatch.start(System.in, STOP_LIMIT);
        TerminalSignals.leaveToParent();
        ChildArguments arguments = ChildArguments.parse(List.of(args));
        var folder = new DataFolder(arguments.dataDir());
        try (FolderLock lock = lock(folder)) {
            Path properties = prepare(folder, arguments, parent);
            kafka.Kafka.main(new String[] {properties.toString()});
        } catch (BrokerStartException e) {
            parent.println(
                    new ParentLine.Failing(e.reason(), String.valueOf(e.getMessage())).text());
            Runtime.getRuntime().halt(EXIT_REFUSED);
        }
    }

    private static FolderLock lock(DataFolder folder) {
        folder.make();
        return FolderLock.take(folder, LOCK_PATIENCE, holder());
    }

    private static Path prepare(DataFolder folder, ChildArguments arguments, PrintStream parent)
            throws IOException {
        folder.rollLog();
        logTo(folder);
        BrokerMemory memory = BrokerMemory.read(folder.memory());
        var ports = new Ports(ThreadLocalRandom.current());
        int port = ports.forClients(arguments.port(), memory.port());
        int nodeId = BrokerProperties.nodeId(arguments.properties());
        String clusterId = new Storage(folder, nodeId).prepare(memory.clusterId());
        BrokerMemory.write(folder, port, clusterId);
        Map<String, String> settings =
                BrokerProperties.of(
                        folder, port, ports.forController(port), arguments.properties());
        Path file = folder.writeProperties(settings);
        parent.println(new ParentLine.Starting(port).text());
        return file;
    }

    // Whatever is printed from here on, by Kafka or by the logging itself, belongs in the log.
    private static void logTo(DataFolder folder) {
        try {
            var log = new FileOutputStream(folder.log().toFile(), true);
            var stream = new PrintStream(log, true, StandardCharsets.UTF_8);
            System.setOut(stream);
            System.setErr(stream);
        } catch (FileNotFoundException e) {
            throw folder.notWritable(e);
        }
    }

    private static String holder() {
        ProcessHandle self = ProcessHandle.current();
        return self.parent().map(ProcessHandle::pid).orElse(self.pid())
                + " (its broker is process "
                + self.pid()
                + ")";
    }
}
