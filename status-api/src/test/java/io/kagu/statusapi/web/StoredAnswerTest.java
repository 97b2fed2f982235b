package io.kagu.statusapi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.WaitEstimate;
import io.kagu.common.job.WaitReason;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.JobStanding;
import io.kagu.statusapi.core.Pending;
import io.kagu.statusapi.core.ViewFold;
import io.kagu.statusapi.core.ViewRow;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

class StoredAnswerTest {

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

        assertThat(StoredAnswer.ended(ID, row(view), stale)).isEqualTo(Json.write(told));
        assertThat(StoredAnswer.etag(row(view))).isEqualTo(told.etag());
    }

    @ParameterizedTest
    @MethodSource("standings")
    void aLiveJobIsByteForByteWhatTheMapperWrites(JobStanding standing) {
        for (JobView view :
                List.of(
                        new JobStory(ID).accepted(),
                        new JobStory(ID).queued(),
                        new JobStory(ID).running(),
                        new JobStory(ID).retrying())) {
            Pending words = Pending.of(view, standing, Optional.empty(), NOW);
            JobAnswer told = JobAnswer.of(view, standing, words, Freshness.current(NOW));

            assertThat(StoredAnswer.json(row(view), told)).isEqualTo(Json.write(told));
        }
    }

    static Stream<JobStanding> standings() {
        return Stream.of(
                JobStanding.ofOneThatWaitsNot(new JobStory(ID).running(), Optional.empty()),
                JobStanding.estimated(
                        new JobStory(ID).queued(), Optional.empty(), Inexact.OWNER_UNKNOWN),
                new JobStanding(
                        OptionalLong.of(3),
                        OptionalLong.of(9),
                        Optional.of(new WaitEstimate(1.25, 1e9)),
                        List.of(
                                WaitReason.of("full", "every GPU is \"full\"").times(2),
                                WaitReason.of("limited", "at its limit").until(NOW)),
                        Optional.of(NOW),
                        Optional.empty()),
                new JobStanding(
                        OptionalLong.of(0),
                        OptionalLong.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.of(NOW),
                        Optional.of(Inexact.RETRYING)));
    }
}
