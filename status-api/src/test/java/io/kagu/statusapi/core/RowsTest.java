package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.ViewVersion;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.LetterStory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Rows outlive the code that wrote them: what format 1 looks like is fixed here. */
class RowsTest {

    /** A view row of format 1: RETRYING, version 258, stored at 65,536, run 3. */
    private static final String VIEW_ROW_1 =
            "AVQAAAAAAAABAgAAAAAAAQAAAAAAA3sic2NoZW1hIjoxLCJqb2IiOnsiaWQiOiJqIn19";

    /** A view row of format 2: the same, at 65,535 in lists. */
    private static final String VIEW_ROW_2 =
            "AlQAAAAAAAABAgAAAAAAAQAAAAAAAwAAAAAAAP//eyJzY2hlbWEiOjEsImpvYiI6eyJpZCI6ImoifX0=";

    /** A result row of format 1: attempt 3, body "hello". */
    private static final String RESULT_ROW_1 = "AQAAAAMAAADJAAAACnRleHQvcGxhaW4AAAABZ2hlbGxv";

    /** A dead letter row of format 1: a poison job of model "m", body "hello". */
    private static final String LETTER_ROW_1 =
            "AQAAATp7ImlkIjoiaiIsImpvYiI6eyJpZCI6ImoiLCJtb2RlbCI6Im0iLCJwcmlvcml0eSI6Imxv"
                    + "dyIsInRlbmFudCI6ImRlZmF1bHQiLCJwYXRoIjoiL3AiLCJjb250ZW50X3R5cGUiOiJ0ZXh0L3Bs"
                    + "YWluIiwic3VibWl0dGVkX2F0IjoiMjAyNi0wMS0wMlQwMzowNDowNVoifSwicG9vbCI6Im1haW4i"
                    + "LCJyZWFzb24iOnsiY29kZSI6InBvaXNvbiIsIm1lc3NhZ2UiOiJubyJ9LCJmaW5nZXJwcmludCI6"
                    + "IjAwMDBhYmNkIiwiYXR0ZW1wdHMiOltdLCJydW4iOjIsInZlcnNpb24iOjksInNlcXVlbmNlIjo3"
                    + "LCJkaWVkX2F0IjoiMjAyNi0wMS0wMlQwMzowNDowNVoifWhlbGxv";

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void everyStateSurvivesTheStore(JobStatus state) {
        byte[] event = JobStory.event(new JobStory("job-1").ended(state, "some_code"));
        ViewRow row = ViewRow.of(EventHead.read(event), 42, 41, event);

        ViewRow read = ViewRow.decode(row.encode());

        assertThat(read.state()).isEqualTo(state);
        assertThat(read.viewVersion()).isEqualTo(new ViewVersion(1, state.terminal(), 4));
        assertThat(read.storedAt()).isEqualTo(42);
        assertThat(read.listedAt()).isEqualTo(41);
        assertThat(read.labels()).isEqualTo(new JobLabels("normal", "qwen-27b", "default"));
        assertThat(read.view().reason().orElseThrow().code()).isEqualTo("some_code");
    }

    @Test
    void aViewRowOfFormat1IsReadForever() {
        ViewRow row = ViewRow.decode(Base64.getDecoder().decode(VIEW_ROW_1));

        assertThat(row.state()).isEqualTo(JobStatus.RETRYING);
        assertThat(row.viewVersion()).isEqualTo(new ViewVersion(3, false, 258));
        assertThat(row.storedAt()).isEqualTo(65_536);
        assertThat(row.listedAt()).as("unknown then, so as stored").isEqualTo(65_536);
    }

    @Test
    void aViewRowOfFormat2IsReadForever() {
        ViewRow row = ViewRow.decode(Base64.getDecoder().decode(VIEW_ROW_2));

        assertThat(row.state()).isEqualTo(JobStatus.RETRYING);
        assertThat(row.viewVersion()).isEqualTo(new ViewVersion(3, false, 258));
        assertThat(row.storedAt()).isEqualTo(65_536);
        assertThat(row.listedAt()).isEqualTo(65_535);
    }

    @Test
    void aResultRowOfFormat1IsReadForever() {
        ResultRow row = ResultRow.decode(Base64.getDecoder().decode(RESULT_ROW_1));

        assertThat(row.attempt()).isEqualTo(3);
        assertThat(row.head().status()).isEqualTo(201);
        assertThat(row.head().contentType()).isEqualTo("text/plain");
        assertThat(row.body()).asString().isEqualTo("hello");
    }

    @Test
    void aDeadLetterRowOfFormat1IsReadForever() {
        LetterRow row = LetterRow.decode(Base64.getDecoder().decode(LETTER_ROW_1));

        assertThat(row.letter().job().orElseThrow().model()).isEqualTo("m");
        assertThat(row.head().code()).isEqualTo("poison");
        assertThat(row.head().bodyBytes()).isEqualTo(5);
        assertThat(row.body()).asString().isEqualTo("hello");
    }

    @Test
    void aDeadLetterComesBackAsItWas() {
        byte[] body = new byte[1000];
        Arrays.fill(body, (byte) 0xfe);
        LetterStory story = new LetterStory("job-1").because("rejected", "\"no\" \u2013 n\u00fc");

        LetterRow read = LetterRow.decode(LetterRow.of(story.letter(), body).encode());

        assertThat(read.letter()).isEqualTo(story.letter());
        assertThat(read.body()).isEqualTo(body);
        assertThat(LetterHead.decode(read.head().encode())).isEqualTo(read.head());
        assertThat(read.head().attemptCount()).isEqualTo(3);
    }

    @Test
    void aResponseComesBackByteForByte() {
        byte[] body = new byte[1000];
        Arrays.fill(body, (byte) 0xfe);
        ResponseHead head = new ResponseHead(200, "application/json", "gpü", 2);

        ResultRow read = ResultRow.decode(ResultRow.of(head, body).encode());

        assertThat(read.body()).isEqualTo(body);
        assertThat(read.head()).isEqualTo(head);
        assertThat(read.attempt()).isEqualTo(2);
    }

    @Test
    void rowsOfAnotherFormatAreRefused() {
        byte[] other = new byte[64];
        other[0] = 9;

        assertThatThrownBy(() -> ViewRow.decode(other)).hasMessageContaining("format 1 or 2");
        assertThatThrownBy(() -> ResultRow.decode(other)).hasMessageContaining("format 1");
        assertThatThrownBy(() -> LetterRow.decode(other)).hasMessageContaining("format 1");
    }

    @Test
    void expiryKeysSortByTime() {
        byte[] early = new ExpiryKey(255, "zzz").encode();
        byte[] late = new ExpiryKey(256, "aaa").encode();

        assertThat(Arrays.compareUnsigned(early, late)).isNegative();
        assertThat(Arrays.compareUnsigned(ExpiryKey.startOf(256), late)).isNegative();
        assertThat(Arrays.compareUnsigned(early, ExpiryKey.startOf(256))).isNegative();
        assertThat(Optional.of(late).map(ExpiryKey::decode)).contains(new ExpiryKey(256, "aaa"));
    }
}
