package io.kagu.common.config;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Values that were read and checked against a {@link SettingTable}. */
public final class Settings {

    private final Map<String, Object> values;

    Settings(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** The value of a whole-number key. */
    public int integer(String key) {
        return (Integer) value(key);
    }

    /** The value of a key in milliseconds. */
    public Duration millis(String key) {
        return Duration.ofMillis((Long) value(key));
    }

    /** The value of a text or word key. */
    public String text(String key) {
        return (String) value(key);
    }

    /** The value of a true-or-false key. */
    public boolean flag(String key) {
        return (Boolean) value(key);
    }

    private Object value(String key) {
        return Objects.requireNonNull(values.get(key), () -> "no setting " + key + " in the table");
    }
}
