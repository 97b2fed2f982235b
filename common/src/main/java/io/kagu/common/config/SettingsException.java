package io.kagu.common.config;

import java.util.List;

/** Settings that stop a start: every fault at once, each naming key, value, source and range. */
public final class SettingsException extends RuntimeException {

    private final List<String> faults;

    public SettingsException(List<String> faults) {
        super("bad settings:\n  " + String.join("\n  ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One line per fault. */
    public List<String> faults() {
        return faults;
    }
}
