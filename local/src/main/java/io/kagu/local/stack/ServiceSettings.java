package io.kagu.local.stack;

import io.kagu.common.config.SettingSource;
import io.kagu.common.config.SettingTable;
import io.kagu.common.config.Settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the services of a stack are told: what the user set, with defaults that suit one machine
 * below and what the stack decides itself above.
 */
final class ServiceSettings {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    // One machine needs no spreading; every partition costs time at the start.
                    "KAGU_TOPIC_PARTITIONS", "4",
                    // There is one dispatcher: nobody else could keep a copy.
                    "KAGU_DISPATCHER_STANDBY_REPLICAS", "0",
                    // A killed stack's own ghost must not hold the partitions for long.
                    "KAGU_DISPATCHER_SESSION_TIMEOUT_MS", "3000",
                    // Ctrl-C is to be quick; what is cut off is called again after the next start.
                    "KAGU_DISPATCHER_STOP_GRACE_MS", "500");

    private ServiceSettings() {}

    /** The settings of one service. */
    static Settings of(SettingTable table, LocalStackConfig config, String bootstrap) {
        Map<String, String> decided = new TreeMap<>();
        decided.put("KAGU_KAFKA_BOOTSTRAP", bootstrap);
        decided.put("KAGU_KAFKA_PROPERTIES", "");
        decided.put("KAGU_TOPIC_REPLICATION", "1");
        decided.put("KAGU_INGEST_GPUS", "");
        String url = "http://127.0.0.1:" + config.port();
        decided.put("KAGU_DISPATCHER_ADVERTISED_URL", url);
        decided.put("KAGU_STATUS_ADVERTISED_URL", url);
        Folders folders = new Folders(config.dataDir());
        decided.put("KAGU_DISPATCHER_STATE_DIR", folders.dispatcher().toString());
        decided.put("KAGU_STATUS_STATE_DIR", folders.status().toString());
        List<SettingSource> sources = new ArrayList<>();
        sources.add(new SettingSource("kagu local", decided));
        sources.addAll(SettingSource.of(config.environment()));
        sources.add(new SettingSource("defaults of kagu local", DEFAULTS));
        return table.read(sources);
    }
}
