package io.kagu.statusapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.JobStanding;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.ViewFold;
import io.kagu.statusapi.core.ViewRow;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.Optional;

class EndedAnswerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:07.5Z");
    private static final String ID = "job-1";

    private static ViewRow row(JobView view) {
        ViewFold.Step step = ViewFold.decide(Optional.empty(), view.id(), JobStory.event(view), 42);
        return ((ViewFold.Step.Store) step).row();
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"COMPLETED", "DEAD", "CANCELLED", "EXPIRED"})
    void itIsByteForByteWhatTheViewWouldBeToldAs(JobStatus state) {
        JobView view = new JobStory(ID).ended(state, "some \"code\" \u00e4");
        Freshness stale = Freshness.stale(NOW);
        JobStanding nowhere = JobStanding.ofOneThatWaitsNot(view, Optional.empty());
        Pending words = Pending.of(view, nowhere, Optional.empty(), NOW);
        JobAnswer told = JobAnswer.of(view, nowhere, words, stale);

        assertThat(EndedAnswer.json(ID, row(view), stale)).isEqualTo(Json.write(told));
        assertThat(EndedAnswer.etag(row(view))).isEqualTo(told.etag());
    }
}
