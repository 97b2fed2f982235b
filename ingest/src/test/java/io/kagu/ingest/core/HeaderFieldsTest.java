package io.kagu.ingest.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.ingest.core.HeaderFields.Picking;

import org.junit.jupiter.api.Test;

import java.util.Map;

class HeaderFieldsTest {

    @Test
    void headersAreKnownInAnyCase() {
        Picking picking = HeaderFields.pick(Map.of("x-kagu-MODEL", " qwen "));

        assertThat(picking)
                .isInstanceOfSatisfying(
                        Picking.Picked.class,
                        picked -> assertThat(picked.fields().value(Field.MODEL)).contains("qwen"));
    }

    @Test
    void credentialsAndForeignHeadersAreLeftWhereTheyAre() {
        Picking picking =
                HeaderFields.pick(
                        Map.of("Authorization", "Bearer s", "Cookie", "c=1", "X-Api-Key", "k"));

        assertThat(picking)
                .isInstanceOfSatisfying(
                        Picking.Picked.class,
                        picked -> {
                            for (Field field : Field.values()) {
                                assertThat(picked.fields().get(field)).isEmpty();
                            }
                        });
    }

    @Test
    void aMisspeltHeaderOfOursIsNotIgnored() {
        assertThat(HeaderFields.pick(Map.of("X-Kagu-Prioirty", "high")))
                .isInstanceOfSatisfying(
                        Picking.Refused.class,
                        refused ->
                                assertThat(refused.refusal())
                                        .isEqualTo(
                                                new Refusal.UnknownField(
                                                        "X-Kagu-Prioirty", Field.ownHeaders())));
    }

    @Test
    void aCompressedBodyIsRefusedBecauseTheGpuWouldNotKnow() {
        assertThat(HeaderFields.pick(Map.of("Content-Encoding", "gzip")))
                .isInstanceOfSatisfying(
                        Picking.Refused.class,
                        refused ->
                                assertThat(refused.refusal())
                                        .isEqualTo(
                                                new Refusal.InvalidField(
                                                        "Content-Encoding",
                                                        "left out or identity")));
        assertThat(HeaderFields.pick(Map.of("Content-Encoding", "identity")))
                .isInstanceOf(Picking.Picked.class);
    }
}
