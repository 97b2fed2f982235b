package io.kagu.ingest.core;

import io.kagu.common.gpu.Registry;
import io.kagu.common.job.Priority;
import io.kagu.ingest.core.HeaderFields.Picking;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the headers of queue clients as a job's fields. What they say of model and priority is
 * never refused: a model that is not served becomes the default one, an unknown priority normal.
 */
public final class QueueClientFields {

    private static final String MODEL = "X-Syslog-Model";
    private static final String PRIORITY = "X-Syslog-Priority";

    /** The model of jobs that name none; an alias in most registries. */
    private static final String STANDARD = "standard";

    private final DefaultModel models;

    public QueueClientFields(DefaultModel models) {
        this.models = models;
    }

    /** The fields of these headers, by name in any case. */
    public Picking pick(Map<String, String> headers, Registry registry) {
        return switch (HeaderFields.pick(headers)) {
            case Picking.Refused refused -> refused;
            case Picking.Picked(Fields fields) ->
                    new Picking.Picked(translated(fields, headers, registry));
        };
    }

    private Fields translated(Fields fields, Map<String, String> headers, Registry registry) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        String model =
                Optional.ofNullable(byName.get(MODEL))
                        .map(String::strip)
                        .or(() -> fields.value(Field.MODEL))
                        .orElse(STANDARD);
        Priority priority =
                Optional.ofNullable(byName.get(PRIORITY))
                        .or(() -> fields.value(Field.PRIORITY))
                        .flatMap(Priority::parse)
                        .orElse(Priority.NORMAL);
        return fields.with(Field.MODEL, models.choose(model, registry))
                .with(Field.PRIORITY, priority.word());
    }
}
