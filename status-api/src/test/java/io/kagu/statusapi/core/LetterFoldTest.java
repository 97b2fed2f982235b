package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.job.JobView.Reason;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.LetterStory;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class LetterFoldTest {

    private static final int ROOM = 1 << 20;
    private static final byte[] BODY = "body".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = JobStory.T0.plusSeconds(60);

    private final LetterStory story = new LetterStory("job-1");

    @Test
    void aFirstLetterIsStoredAsItCame() {
        LetterRow row = stored(decide(Optional.empty(), 0, story.letter()));

        assertThat(row.letter()).isEqualTo(story.letter());
        assertThat(row.body()).isEqualTo(BODY);
    }

    @Test
    void aLetterOfALaterRunReplaces() {
        assertThat(decide(known(story), 1, story.run(2).letter()))
                .isInstanceOf(LetterFold.Step.Store.class);
    }

    @Test
    void aLetterOfAnEarlierRunNeverReplaces() {
        assertThat(decide(known(story.run(3)), 0, story.run(2).letter()))
                .isEqualTo(new LetterFold.Step.Keep());
    }

    @Test
    void aLetterToldAgainReplacesItself() {
        assertThat(decide(known(story), 1, story.letter()))
                .isInstanceOf(LetterFold.Step.Store.class);
    }

    @Test
    void aLetterOfAJobThatWasRequeuedSinceIsNotKept() {
        assertThat(decide(Optional.empty(), 2, story.letter()))
                .isEqualTo(new LetterFold.Step.Keep());
    }

    @Test
    void anUnreadableRecordNeverHidesTheLetterOfAJob() {
        assertThat(decide(known(story), 1, unreadable())).isEqualTo(new LetterFold.Step.Keep());
        assertThat(decide(Optional.of(unreadable()), 0, story.letter()))
                .isInstanceOf(LetterFold.Step.Store.class);
    }

    @Test
    void anUnreadableRecordOfAnOldIdIsKept() {
        assertThat(decide(Optional.empty(), 5, unreadable()))
                .isInstanceOf(LetterFold.Step.Store.class);
    }

    @Test
    void noDeathIsAfterItsTelling() {
        DeadLetter early = story.at(NOW.plusSeconds(3600)).letter();

        assertThat(stored(decide(Optional.empty(), 0, early)).head().diedAt()).isEqualTo(NOW);
    }

    @Test
    void aLetterUnderAnotherJobsKeyIsSkipped() {
        DeadLetter own = story.letter();
        DeadLetter other =
                new DeadLetter(
                        "job-2",
                        own.job(),
                        own.pool(),
                        own.reason(),
                        own.fingerprint(),
                        own.attempts(),
                        own.run(),
                        own.version(),
                        own.sequence(),
                        own.diedAt(),
                        own.origin());

        assertThat(decide(Optional.empty(), 0, other)).isEqualTo(new LetterFold.Step.Skip("key"));
    }

    @Test
    void aFingerprintThatCannotBeAKeyIsSkipped() {
        for (String fingerprint : new String[] {"", "a\u0000b", "a".repeat(65), "ü"}) {
            assertThat(decide(Optional.empty(), 0, unreadable(fingerprint)))
                    .as(fingerprint)
                    .isEqualTo(new LetterFold.Step.Skip("fingerprint"));
        }
    }

    @Test
    void aLetterThatWouldNotPassToTheChangelogIsSkipped() {
        LetterFold.Known tight = new LetterFold.Known(Optional.empty(), 0, 100);

        assertThat(LetterFold.decide(tight, story.letter(), BODY, NOW))
                .isEqualTo(new LetterFold.Step.Skip("too_large"));
    }

    private static LetterFold.Step decide(
            Optional<DeadLetter> known, int knownRun, DeadLetter letter) {
        return LetterFold.decide(new LetterFold.Known(known, knownRun, ROOM), letter, BODY, NOW);
    }

    private static LetterRow stored(LetterFold.Step step) {
        assertThat(step).isInstanceOf(LetterFold.Step.Store.class);
        return ((LetterFold.Step.Store) step).row();
    }

    private static Optional<DeadLetter> known(LetterStory story) {
        return Optional.of(story.letter());
    }

    private static DeadLetter unreadable() {
        return unreadable("0000abcd");
    }

    private static DeadLetter unreadable(String fingerprint) {
        return new DeadLetter(
                "job-1",
                Optional.empty(),
                Optional.empty(),
                new Reason(DeadLetter.BAD_RECORD, "missing header"),
                fingerprint,
                List.of(),
                1,
                0,
                OptionalLong.empty(),
                JobStory.T0,
                Optional.of("jobs.low/1/7"));
    }
}
