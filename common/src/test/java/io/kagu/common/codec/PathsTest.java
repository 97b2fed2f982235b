package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/a", "/v1/models:load", "/v1.2/x_y-z"})
    void anAbsolutePathMayBeAskedFor(String path) {
        assertThat(Paths.valid(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "v1",
                "//host/x",
                "http://host/x",
                "/../admin",
                "/a/../b",
                "/a/",
                "/a?b=c",
                "/a#b",
                "/a%2e",
                "/a b",
                "/a\\b",
                "/a\n",
                "/@host"
            })
    void hostsQueriesAndWaysUpwardsMayNot(String path) {
        assertThat(Paths.valid(path)).isFalse();
    }

    @Test
    void aPathHasAtMost256Letters() {
        assertThat(Paths.valid("/" + "a".repeat(255))).isTrue();
        assertThat(Paths.valid("/" + "a".repeat(256))).isFalse();
    }

    @Test
    void aLongPathIsJudgedWithoutExhaustingTheStack() {
        assertThat(Paths.valid("/a".repeat(100_000))).isFalse();
    }
}
