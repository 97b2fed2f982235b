package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.Drain;

import java.util.List;

/** Why a change of a GPU was not made; each reason asks for another reaction of the caller. */
public sealed interface GpuRefusal {

    /** Stable word for the caller's code. */
    String code();

    /** An entry that is no JSON object; the fault is in our words. */
    record Malformed(String fault) implements GpuRefusal {
        @Override
        public String code() {
            return "bad_json";
        }
    }

    /** A field that does not exist, so that a typing error is not silently ignored. */
    record UnknownField(String field, List<String> known) implements GpuRefusal {
        public UnknownField {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "unknown_field";
        }
    }

    /** A field that is missing or has a value that cannot be read; the fault names it. */
    record InvalidField(String fault) implements GpuRefusal {
        @Override
        public String code() {
            return "invalid_field";
        }
    }

    /** An entry that is longer than any real one. */
    record TooLarge(int limitBytes) implements GpuRefusal {
        @Override
        public String code() {
            return "body_too_large";
        }
    }

    /** No GPU of this name is registered. */
    record NotFound(String gpu) implements GpuRefusal {
        @Override
        public String code() {
            return "gpu_not_found";
        }
    }

    /**
     * A GPU that may still hold leases.
     *
     * @param change what was asked for
     */
    record NotDrained(String gpu, String change, Drain drain) implements GpuRefusal {
        @Override
        public String code() {
            return "gpu_not_drained";
        }
    }

    /** With this change the registry would break rules. */
    record BreaksRules(List<String> faults) implements GpuRefusal {
        public BreaksRules {
            faults = List.copyOf(faults);
        }

        @Override
        public String code() {
            return "invalid_registry";
        }
    }

    /** Another change came at the same time and contradicts this one, which was taken back. */
    record Contradicted(List<String> faults) implements GpuRefusal {
        public Contradicted {
            faults = List.copyOf(faults);
        }

        @Override
        public String code() {
            return "registry_conflict";
        }
    }

    /** Kafka did not confirm the change in time: it may be stored or not; repeating it is safe. */
    record NotConfirmed() implements GpuRefusal {
        @Override
        public String code() {
            return "not_confirmed";
        }
    }

    /** The registry was not read yet after a start. */
    record NotReady() implements GpuRefusal {
        @Override
        public String code() {
            return "registry_not_ready";
        }
    }
}
