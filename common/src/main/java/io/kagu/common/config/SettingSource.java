package io.kagu.common.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where settings come from.
 *
 * @param name for error messages, such as {@code environment} or a file's path
 */
public record SettingSource(String name, Map<String, String> values) {

    /** Names a file of further settings in the environment. */
    public static final String FILE_KEY = "KAGU_CONFIG";

    public SettingSource {
        values = Map.copyOf(values);
    }

    /** The sources of a process, first wins: its environment, then the file KAGU_CONFIG names. */
    public static List<SettingSource> of(Map<String, String> environment) {
        SettingSource first = new SettingSource("environment", environment);
        String file = environment.get(FILE_KEY);
        return file == null ? List.of(first) : List.of(first, file(FILE_KEY, Path.of(file)));
    }

    /**
     * A properties file.
     *
     * @param key the setting that names the file, for the error
     */
    public static SettingSource file(String key, Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new SettingsException(List.of(key + "=" + path + ": there is no such file"));
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(List.of(key + "=" + path + ": cannot be read: " + e));
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
        return new SettingSource(path.toString(), values);
    }
}
