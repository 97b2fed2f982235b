package io.kagu.broker;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Makes Kafka's storage in a data folder ready: formats an empty one, checks one with data.
 *
 * <p>A folder that holds partitions is never formatted: what it lacks would be gone for good.
 */
final class Storage {

    private final DataFolder folder;
    private final int nodeId;

    Storage(DataFolder folder, int nodeId) {
        this.folder = folder;
        this.nodeId = nodeId;
    }

    /** The id of the cluster whose data the folder holds, or of a new one. */
    String prepare(Optional<String> rememberedId) {
        Optional<String> found = clusterId();
        var partitions = PartitionFolders.in(folder.kafka());
        if (found.isEmpty()) {
            if (!partitions.isEmpty()) {
                throw folder.damaged("it holds records, but kafka/meta.properties is missing");
            }
            String id = rememberedId.orElseGet(() -> Uuid.randomUuid().toString());
            format(id);
            return id;
        }
        String id = found.get();
        rememberedId.filter(known -> !known.equals(id)).ifPresent(known -> foreign(id, known));
        new DamageCheck(folder, partitions).run();
        return id;
    }

    private void foreign(String found, String known) {
        throw folder.damaged(
                "kafka/meta.properties names cluster %s, but this folder belongs to cluster %s"
                        .formatted(found, known));
    }

    private Optional<String> clusterId() {
        String dir = folder.kafka().toString();
        try {
            MetaPropertiesEnsemble found =
                    new MetaPropertiesEnsemble.Loader()
                            .addLogDirs(List.of(dir))
                            .addMetadataLogDir(dir)
                            .load();
            if (!found.errorLogDirs().isEmpty()) {
                throw folder.damaged("kafka/meta.properties cannot be read");
            }
            if (!found.logDirProps().isEmpty() && found.clusterId().isEmpty()) {
                throw folder.damaged("kafka/meta.properties names no cluster");
            }
            return found.clusterId();
        } catch (IOException | RuntimeException e) {
            throw e instanceof BrokerStartException known
                    ? known
                    : folder.damaged("kafka/meta.properties: " + e.getMessage());
        }
    }

    private void format(String id) {
        var report = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        try {
            Files.createDirectories(folder.kafka());
            new Formatter()
                    .setPrintStream(report)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setNodeId(nodeId)
                    .setClusterId(id)
                    .setDirectories(List.of(folder.kafka().toString()))
                    .setMetadataLogDirectory(folder.kafka().toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException e) {
            throw folder.notWritable(e);
        } catch (Exception e) {
            throw folder.damaged("it cannot be formatted: " + e.getMessage());
        }
    }
}
