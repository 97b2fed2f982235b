package io.kagu.common.codec;

import static io.kagu.common.Samples.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.Golden;
import io.kagu.common.Samples;
import io.kagu.common.job.DeathClass;

import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

final class DeadLetterTest {

    private static final DeadLetter LETTER = DeadLetter.of(Samples.fullJob(), Samples.deadView());
    private static final JobRecords.Origin ORIGIN =
            new JobRecords.Origin("kagu.jobs.high", 3, 17, NOON);

    @Test
    void headersAreWrittenAsVersion1SaysThem() {
        assertThat(HeaderText.of(LETTER.headers("disp-1")))
                .isEqualTo(Golden.text("dead-letter-v1.headers"));
    }

    @Test
    void headersOfVersion1AreStillRead() {
        Headers headers = HeaderText.parse(Golden.text("dead-letter-v1.headers"));

        assertThat(DeadLetter.read("job-1", headers, Instant.EPOCH)).isEqualTo(LETTER);
        assertThat(LETTER.deathClass()).isEqualTo(DeathClass.EXHAUSTED);
    }

    @Test
    void aLetterOfBeforeHasAFingerprintToo() {
        Headers headers = HeaderText.parse(Golden.text("dead-letter-v1-first.headers"));

        assertThat(DeadLetter.read("job-1", headers, Instant.EPOCH))
                .usingRecursiveComparison()
                .ignoringFields("run", "version", "sequence")
                .isEqualTo(LETTER);
    }

    @Test
    void aLetterSaysHowItsJobIsQueuedAgain() {
        assertThat(LETTER.requeue())
                .contains(
                        new RequeueRecord(
                                Samples.fullJob(),
                                LETTER.run(),
                                LETTER.version(),
                                LETTER.attempts()));
    }

    @Test
    void aRecordThatCannotBeReadKeepsItsHeadersAndSaysWhereItCameFrom() {
        Headers own = HeaderText.parse("ce_kagudeadline: soon\nce_kagurun: none");

        Headers headers = DeadLetter.ofBadRecord(own, ORIGIN, "missing header ce_kagumodel");

        assertThat(HeaderText.of(headers)).startsWith("ce_kagudeadline: soon\n");
        DeadLetter letter = DeadLetter.read("id-1", headers, NOON);
        assertThat(letter.id()).isEqualTo("id-1");
        assertThat(letter.job()).isEmpty();
        assertThat(letter.requeue()).isEmpty();
        assertThat(letter.origin()).contains("kagu.jobs.high/3/17");
        assertThat(letter.diedAt()).isEqualTo(NOON);
        assertThat(letter.deathClass()).isEqualTo(DeathClass.BAD_RECORD);
        assertThat(letter.pool()).isEqualTo(Optional.empty());
    }

    @Test
    void aRecordThatSaysNoReasonIsNone() {
        assertThatThrownBy(() -> DeadLetter.read("id-1", HeaderText.parse("ce_id: a"), NOON))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("missing header ce_kagureasoncode");
    }
}
