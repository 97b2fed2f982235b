package io.kagu.ingest.core;

import io.kagu.common.job.Priority;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why a submission was not taken in; each reason asks for another reaction of the caller. */
public sealed interface Refusal {

    /** Stable word for the caller's code and for metrics. */
    String code();

    /**
     * A field that is missing or has a value that is not allowed.
     *
     * @param field as the caller spelled it: a header or a member of the envelope
     * @param allowed what it must be
     */
    record InvalidField(String field, String allowed) implements Refusal {
        @Override
        public String code() {
            return "invalid_field";
        }
    }

    /** A field that does not exist, so that a typing error is not silently ignored. */
    record UnknownField(String field, List<String> known) implements Refusal {
        public UnknownField {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "unknown_field";
        }
    }

    /** A priority that is none. */
    record UnknownPriority(String field) implements Refusal {
        @Override
        public String code() {
            return "unknown_priority";
        }
    }

    /** A model that no pool serves. */
    record UnknownModel(String field, String model, List<String> known) implements Refusal {
        public UnknownModel {
            known = List.copyOf(known);
        }

        @Override
        public String code() {
            return "unknown_model";
        }
    }

    /** There is nothing to send to a GPU. */
    record EmptyBody(String field) implements Refusal {
        @Override
        public String code() {
            return "empty_body";
        }
    }

    /** More bytes than the queue takes. */
    record BodyTooLarge(String field, int limitBytes) implements Refusal {
        @Override
        public String code() {
            return "body_too_large";
        }
    }

    /** An envelope that is no JSON object; the fault never quotes the input. */
    record MalformedEnvelope(String fault) implements Refusal {
        @Override
        public String code() {
            return "bad_json";
        }
    }

    /** A batch with more lines than are taken at once; this line and later ones were not read. */
    record BatchTooLong(int limitLines) implements Refusal {
        @Override
        public String code() {
            return "batch_too_long";
        }
    }

    /** No model can be looked up yet: the registry is empty, or not read after a start. */
    record NoModels(boolean registryRead) implements Refusal {
        @Override
        public String code() {
            return registryRead ? "registry_empty" : "registry_not_ready";
        }
    }

    /** The pool keeps its room for more urgent jobs. */
    record Overloaded(Priority priority, int waiting, int limit, Optional<Duration> until)
            implements Refusal {
        @Override
        public String code() {
            return "overloaded";
        }
    }

    /** The pool takes nothing more. */
    record QueueFull(int waiting, int capacity, Optional<Duration> until) implements Refusal {
        @Override
        public String code() {
            return "queue_full";
        }
    }

    /**
     * Kafka did not acknowledge the job.
     *
     * @param id of a job that may or may not be stored, under which sending it again is safe; empty
     *     for one that was not even sent, because Kafka had failed an earlier line
     */
    record NotStored(Optional<String> id) implements Refusal {
        @Override
        public String code() {
            return "not_stored";
        }
    }
}
