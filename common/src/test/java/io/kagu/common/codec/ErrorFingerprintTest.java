package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorFingerprintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 attempts failed, the last: HTTP 500 | 5 attempts failed, the last: HTTP 502",
                "job 0190f3c2-77aa-7bcd-8123-0123456789ab died | job"
                        + " 0190f3c2-0000-7000-8000-abcdefabcdef died",
                "no route to 10.0.0.1:8000 | No  route to 10.0.0.27:8001",
                "digest 9f86d081884c7d65 | digest 60303ae22b998861"
            })
    void numbersIdsAndSpacesDoNotMatter(String one, String other) {
        assertThat(ErrorFingerprint.of("fault", one))
                .isEqualTo(ErrorFingerprint.of("fault", other));
    }

    @Test
    void anotherErrorHasAnother() {
        assertThat(ErrorFingerprint.of("rejected", "no such model"))
                .matches("[0-9a-f]{8}")
                .isNotEqualTo(ErrorFingerprint.of("rejected", "prompt too long"))
                .isNotEqualTo(ErrorFingerprint.of("poison", "no such model"));
    }

    @Test
    void wordsOfHexLettersAreWords() {
        assertThat(ErrorFingerprint.of("fault", "effaced facade"))
                .isNotEqualTo(ErrorFingerprint.of("fault", "deadbeef facade"));
    }
}
