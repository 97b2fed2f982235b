package io.kagu.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.Golden;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

/**
 * What is written now, as the first version's readers see it: they know no field that came later,
 * and need every one of theirs with the meaning it had. Both files are of the same sample.
 */
class OlderReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"job-event-v1", "queue-status-v1", "gpu-spec-v1", "heartbeat-v1"})
    void everyFieldOfTheFirstFormIsStillWrittenAndSaysTheSame(String name) {
        JsonNode first = Json.tree(Golden.bytes(name + "-first.json"));
        JsonNode now = Json.tree(Golden.bytes(name + ".json"));

        assertContains(name, now, first);
    }

    @ParameterizedTest
    @ValueSource(strings = "dead-letter-v1")
    void everyHeaderOfTheFirstFormIsStillWrittenAndSaysTheSame(String name) {
        List<String> first = headers(name + "-first");

        assertThat(headers(name)).containsAll(first);
    }

    private static List<String> headers(String name) {
        return Golden.text(name + ".headers").lines().toList();
    }

    private static void assertContains(String path, JsonNode now, JsonNode first) {
        if (first.isObject()) {
            for (Map.Entry<String, JsonNode> field : first.properties()) {
                String name = path + '.' + field.getKey();
                assertThat(now.has(field.getKey())).as(name).isTrue();
                assertContains(name, now.get(field.getKey()), field.getValue());
            }
        } else if (first.isArray()) {
            assertThat(now.size()).as(path).isEqualTo(first.size());
            for (int i = 0; i < first.size(); i++) {
                assertContains(path + '[' + i + ']', now.get(i), first.get(i));
            }
        } else {
            assertThat(now).as(path).isEqualTo(first);
        }
    }
}
