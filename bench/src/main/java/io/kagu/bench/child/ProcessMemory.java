package io.kagu.bench.child;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of a process.
 *
 * @param rssBytes resident, as it stood before the collection; 0 where the system does not tell
 * @param heapBytes used after a collection
 */
public record ProcessMemory(long rssBytes, long heapBytes) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RSS = "VmRSS:";
    private static final long KIB = 1024;

    /** Of this process. */
    static ProcessMemory now() {
        long rss = rss();
        ManagementFactory.getMemoryMXBean().gc();
        return new ProcessMemory(
                rss, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** As an answer of a child. */
    public static List<String> answer() {
        ProcessMemory memory = now();
        return List.of(Long.toString(memory.rssBytes()), Long.toString(memory.heapBytes()));
    }

    /** Out of {@link #answer}. */
    public static ProcessMemory parse(List<String> lines) {
        return new ProcessMemory(Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)));
    }

    private static long rss() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(RSS))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
