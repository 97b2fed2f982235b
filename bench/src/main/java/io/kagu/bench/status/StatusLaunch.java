package io.kagu.bench.status;

import io.kagu.bench.service.ServiceProcess;
import io.kagu.bench.service.ServiceRole;
import io.kagu.common.topic.TopicConfig;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a status-api of the benchmark is started.
 *
 * @param topics their prefix names the process, too
 * @param port where it listens, each time
 * @param folder for its stores and logs
 */
record StatusLaunch(String bootstrap, TopicConfig topics, int port, Path folder) {

    /** The row of a job takes a kilobyte and a quarter in heap, and all are to have room. */
    private static final int CACHE_PERCENT = 50;

    private static final int JOBS_PER_MEGABYTE = 350;
    private static final int LEAST_HEAP_MEGABYTES = 512;

    /**
     * As much as a heap of the least size has. Reads reorder the cache, and each collection of the
     * young looks through what was reordered since the last: fewer of them would hold up more
     * requests, each for longer.
     */
    private static final int YOUNG_MEGABYTES = 170;

    /**
     * Room for what the fold holds for some seconds: it fills the old generation otherwise, and to
     * collect that holds up everything for most of a second at this size.
     */
    private static final int YOUNG_BY_SURVIVORS = 2;

    /** With a heap of which half has room for so many jobs. */
    ServiceProcess roomy(int jobs) {
        Map<String, String> settings = settings();
        settings.put("KAGU_STATUS_CACHE_PERCENT", Integer.toString(CACHE_PERCENT));
        int heap = Math.max(LEAST_HEAP_MEGABYTES, jobs / JOBS_PER_MEGABYTE);
        return ServiceProcess.startLongLived(
                name(),
                ServiceRole.STATUS_API,
                settings,
                port,
                folder,
                List.of(
                        "-Xmx" + heap + "m",
                        "-Xmn" + YOUNG_MEGABYTES + "m",
                        "-XX:SurvivorRatio=" + YOUNG_BY_SURVIVORS));
    }

    /** As any other child, with the settings' defaults. */
    ServiceProcess asShipped() {
        return ServiceProcess.startLongLived(
                name(), ServiceRole.STATUS_API, settings(), port, folder);
    }

    private String name() {
        return "status-api-" + topics.prefix().replace(".", "");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("KAGU_KAFKA_BOOTSTRAP", bootstrap);
        settings.put("KAGU_TOPIC_PREFIX", topics.prefix());
        settings.put("KAGU_TOPIC_PARTITIONS", Integer.toString(topics.partitions()));
        settings.put("KAGU_MAX_BODY_BYTES", Integer.toString(topics.maxBodyBytes()));
        settings.put("KAGU_MAX_RESPONSE_BYTES", Integer.toString(topics.maxResponseBytes()));
        settings.put("KAGU_STATUS_PORT", Integer.toString(port));
        settings.put("KAGU_STATUS_STATE_DIR", folder.resolve("stores-" + name()).toString());
        return settings;
    }
}
