package io.kagu.common.codec;

import static io.kagu.common.Samples.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.Golden;
import io.kagu.common.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

final class RequeueRecordTest {

    private static final RequeueRecord REQUEUE =
            new RequeueRecord(Samples.fullJob(), 2, 17, Samples.deadView().attempts());

    @Test
    void headersAreWrittenAsVersion1SaysThem() {
        assertThat(HeaderText.of(REQUEUE.headers("status-1")))
                .isEqualTo(Golden.text("requeue-v1.headers"));
    }

    @Test
    void headersOfVersion1AreStillRead() {
        assertThat(RequeueRecord.read(HeaderText.parse(Golden.text("requeue-v1.headers")), NOON))
                .isEqualTo(REQUEUE);
    }

    @Test
    void itIsKnownByItsType() {
        assertThat(RequeueRecord.is(REQUEUE.headers("status-1"))).isTrue();
        assertThat(RequeueRecord.is(JobRecords.headers(Samples.plainJob(), "a"))).isFalse();
        assertThat(RequeueRecord.is(HeaderText.parse("ce_id: a"))).isFalse();
    }

    @Test
    void whatIsNotSaidHasADefault() {
        RequeueRecord read =
                RequeueRecord.read(
                        HeaderText.parse("ce_id: job-1\nce_kagumodel: m\nce_kagupriority: low"),
                        NOON);

        assertThat(read.run()).isEqualTo(1);
        assertThat(read.version()).isZero();
        assertThat(read.attempts()).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_kagumodel: m\nce_kagupriority: low",
                "ce_id: a\nce_kagupriority: low",
                "ce_id: a\nce_kagumodel: m",
                "ce_id: a\nce_kagumodel: m\nce_kagupriority: soon",
                "ce_id: a\nce_kagumodel: m\nce_kagupriority: low\nce_kagurun: 0",
                "ce_id: a\nce_kagumodel: m\nce_kagupriority: low\nce_kaguversion: -1",
                "ce_id: a\nce_kagumodel: m\nce_kagupriority: low\nce_kagurun: 2000000000",
                "ce_id: a\nce_kagumodel: m\nce_kagupriority: low\nce_kaguversion: 2000000000",
                "ce_id: a\nce_kagumodel: m\nce_kagupriority: low\nce_kaguattempts: {",
                "ce_id: a\nce_kagumodel: m\nce_kagupriority: low\nce_kaguattempts: [null]",
                "ce_id: a\nce_kagumodel: m\nce_kagupriority: low\nce_kaguattempts: [{}]"
            })
    void whatDoesNotSayEnoughIsABadRecord(String headers) {
        assertThatThrownBy(() -> RequeueRecord.read(HeaderText.parse(headers), NOON))
                .isInstanceOf(BadRecordException.class);
    }
}
