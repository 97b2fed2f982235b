package io.kagu.common.gpu;

import java.util.List;

/** A set of GPUs that breaks the registry's rules; names every broken one. */
public final class RegistryException extends RuntimeException {

    private final List<String> faults;

    public RegistryException(List<String> faults) {
        super("bad GPU registry:\n  " + String.join("\n  ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One line per broken rule. */
    public List<String> faults() {
        return faults;
    }
}
