package io.kagu.cli.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.kagu.common.job.JobIds;

import java.util.ArrayList;
import java.util.List;

/**
 * A GPU as somebody wrote it for the registry; what else is wrong with it the server says.
 *
 * @param json the whole entry
 */
public record GpuEntry(String name, String json) {

    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * The entries in some JSON or YAML: one GPU, or a list of them, or a list under {@code gpus}.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static List<GpuEntry> read(String text) {
        JsonNode root = tree(text);
        JsonNode listed = root.path("gpus").isArray() ? root.path("gpus") : root;
        List<GpuEntry> entries = new ArrayList<>();
        if (listed.isArray()) {
            listed.forEach(entry -> entries.add(of(entry)));
        } else {
            entries.add(of(listed));
        }
        return entries;
    }

    private static JsonNode tree(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            String fault = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
            throw new IllegalArgumentException("neither JSON nor YAML: " + fault, e);
        }
    }

    private static GpuEntry of(JsonNode entry) {
        String name = entry.path("name").asText("");
        if (!JobIds.valid(name)) {
            throw new IllegalArgumentException("a GPU needs a name that matches " + JobIds.PATTERN);
        }
        return new GpuEntry(name, entry.toString());
    }
}
