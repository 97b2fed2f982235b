package io.kagu.common.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The keys one process understands, with type, default, range and meaning, on Kafka's {@link
 * ConfigDef}. Keys are written as in the environment: {@code KAGU_INGEST_PORT}.
 */
public final class SettingTable {

    private static final String PREFIX = "KAGU_";

    private final ConfigDef table = new ConfigDef();
    private final Set<String> foreign = new TreeSet<>();

    /** Adds a whole number between two bounds, both allowed. */
    public SettingTable integer(String key, int fallback, int min, int max, String meaning) {
        return define(
                key, ConfigDef.Type.INT, fallback, ConfigDef.Range.between(min, max), meaning);
    }

    /** Adds a time in milliseconds between two bounds, both allowed. */
    public SettingTable millis(
            String key, Duration fallback, Duration min, Duration max, String meaning) {
        return define(
                key,
                ConfigDef.Type.LONG,
                fallback.toMillis(),
                ConfigDef.Range.between(min.toMillis(), max.toMillis()),
                meaning);
    }

    /** Adds a text that may not be blank unless its default is. */
    public SettingTable text(String key, String fallback, String meaning) {
        ConfigDef.Validator validator =
                fallback.isBlank()
                        ? ConfigDef.LambdaValidator.with((k, v) -> {}, () -> "any text")
                        : new ConfigDef.NonEmptyString();
        return define(key, ConfigDef.Type.STRING, fallback, validator, meaning);
    }

    /**
     * Adds a text of some form.
     *
     * @param parser throws IllegalArgumentException for a text of another form
     * @param form what is allowed, for people
     */
    public SettingTable formed(
            String key, String fallback, Consumer<String> parser, String form, String meaning) {
        ConfigDef.Validator validator =
                ConfigDef.LambdaValidator.with((k, text) -> check(k, text, parser), () -> form);
        return define(key, ConfigDef.Type.STRING, fallback, validator, meaning);
    }

    private static void check(String key, Object text, Consumer<String> parser) {
        try {
            parser.accept((String) text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, text, e.getMessage());
        }
    }

    /** Adds one word of several. */
    public SettingTable word(String key, String fallback, List<String> allowed, String meaning) {
        ConfigDef.Validator validator = ConfigDef.ValidString.in(allowed.toArray(new String[0]));
        return define(key, ConfigDef.Type.STRING, fallback, validator, meaning);
    }

    /** Adds true or false. */
    public SettingTable flag(String key, boolean fallback, String meaning) {
        ConfigDef.Validator validator =
                ConfigDef.LambdaValidator.with((k, v) -> {}, () -> "true or false");
        return define(key, ConfigDef.Type.BOOLEAN, fallback, validator, meaning);
    }

    /** Names keys with these prefixes as another service's: neither read here nor an error. */
    public SettingTable foreign(Collection<String> prefixes) {
        foreign.addAll(prefixes);
        return this;
    }

    private SettingTable define(
            String key,
            ConfigDef.Type type,
            Object fallback,
            ConfigDef.Validator range,
            String meaning) {
        table.define(key, type, fallback, range, ConfigDef.Importance.MEDIUM, meaning);
        return this;
    }

    /**
     * Reads all keys, the first source that has one wins.
     *
     * @throws SettingsException naming every bad or unknown key
     */
    public Settings read(List<SettingSource> sources) {
        List<String> faults = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        for (SettingSource source : sources) {
            unknownKeys(source).forEach(faults::add);
        }
        for (ConfigDef.ConfigKey key : table.configKeys().values()) {
            try {
                values.put(key.name, value(key, sources));
            } catch (SettingsException e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return new Settings(values);
    }

    /** The table for the documentation: one Markdown row per key. */
    public String toMarkdown() {
        StringBuilder rows =
                new StringBuilder("| key | default | range | meaning |\n|---|---|---|---|\n");
        table.configKeys().values().stream()
                .sorted(Comparator.comparing(key -> key.name))
                .forEach(key ->
                        rows.append(
                                "| `%s` | %s | %s | %s |\n"
                                        .formatted(
                                                key.name,
                                                code(key.defaultValue),
                                                key.validator,
                                                key.documentation)));
        return rows.toString();
    }

    private static String code(Object value) {
        return value.toString().isEmpty() ? "none" : "`" + value + "`";
    }

    private static Object value(ConfigDef.ConfigKey key, List<SettingSource> sources) {
        for (SettingSource source : sources) {
            String raw = source.values().get(key.name);
            if (raw != null) {
                return parse(key, raw.strip(), source);
            }
        }
        return key.defaultValue;
    }

    private static Object parse(ConfigDef.ConfigKey key, String raw, SettingSource source) {
        try {
            Object value = ConfigDef.parseType(key.name, raw, key.type);
            key.validator.ensureValid(key.name, value);
            return value;
        } catch (ConfigException e) {
            throw new SettingsException(
                    List.of(
                            "%s=%s (from %s) is not allowed: must be %s of %s"
                                    .formatted(
                                            key.name,
                                            raw,
                                            source.name(),
                                            key.type.name().toLowerCase(Locale.ROOT),
                                            key.validator)));
        }
    }

    private List<String> unknownKeys(SettingSource source) {
        return source.values().keySet().stream()
                .filter(key -> key.startsWith(PREFIX) && !key.equals(SettingSource.FILE_KEY))
                .filter(key -> !table.names().contains(key))
                .filter(key -> foreign.stream().noneMatch(key::startsWith))
                .sorted()
                .map(key -> unknown(key, source))
                .toList();
    }

    private String unknown(String key, SettingSource source) {
        Optional<String> nearest =
                table.names().stream()
                        .min(
                                Comparator.comparingInt(
                                                (String known) -> EditDistance.between(key, known))
                                        .thenComparing(Comparator.naturalOrder()));
        return "%s (from %s) is no setting of this service%s"
                .formatted(
                        key,
                        source.name(),
                        nearest.map(known -> "; did you mean " + known + "?").orElse(""));
    }
}
