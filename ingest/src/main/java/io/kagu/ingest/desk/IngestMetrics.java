package io.kagu.ingest.desk;

import io.kagu.common.job.Priority;
import io.kagu.ingest.core.Answer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;

import java.util.Optional;

/** What the front door counts. */
public final class IngestMetrics {

    private static final String UNREAD = "none";

    private final MeterRegistry registry;
    private final DistributionSummary bytes;

    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.bytes =
                DistributionSummary.builder("kagu.ingest.body")
                        .description("sizes of submitted bodies, taken in or not")
                        .baseUnit(BaseUnits.BYTES)
                        .register(registry);
    }

    /**
     * Counts one answer.
     *
     * @param priority empty for a submission that could not be read so far
     */
    void answered(Answer answer, Optional<Priority> priority) {
        registry.counter(
                        "kagu.ingest.submissions",
                        "code",
                        answer.code(),
                        "priority",
                        priority.map(Priority::word).orElse(UNREAD))
                .increment();
    }

    /** Notes the size of one body. */
    void body(int size) {
        bytes.record(size);
    }

    /** Times requests of one route, from the first byte read to the answer. */
    public Timer requests(String route) {
        return registry.timer("kagu.ingest.request", "route", route);
    }
}
