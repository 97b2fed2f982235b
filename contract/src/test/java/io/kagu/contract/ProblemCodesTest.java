package io.kagu.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Code, description and page know the same problems. */
class ProblemCodesTest {

    private static final Path PAGE = Path.of("..", "docs", "problems.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([0-9, ]+) \\| [^|]+ \\| [^|]+ \\|$");

    private static final ApiDescription API = ApiDescription.served();

    @Test
    void theDescriptionListsTheCodesOfTheCode() throws IOException {
        CodesInSources sources = CodesInSources.read();

        assertThat(sources.unread()).as("codes that cannot be read off the source").isEmpty();
        assertThat(ApiDescription.texts(API.root().at("/components/schemas/ProblemCode/enum")))
                .containsExactlyElementsOf(sources.statuses().keySet());
    }

    @Test
    void thePageListsTheCodesOfTheCode() throws IOException {
        assertThat(page().keySet()).isEqualTo(CodesInSources.read().statuses().keySet());
    }

    @Test
    void thePageSaysWithWhichStatusEachComes() throws IOException {
        Map<String, Set<Integer>> told = CodesInSources.read().statuses();
        statusesOfRoutes()
                .forEach((code, statuses) ->
                        told.computeIfAbsent(code, _ -> new TreeSet<>()).addAll(statuses));
        // Told of a line of a batch alone.
        told.get("batch_too_long").add(413);

        assertThat(page()).isEqualTo(told);
    }

    @Test
    void everyCodeIsSaidOfSomeRouteOrLine() {
        Set<String> said = new TreeSet<>(statusesOfRoutes().keySet());
        codes(API.root().at("/components/responses/Refused/content")).forEach(said::add);
        said.add("batch_too_long");

        assertThat(ApiDescription.texts(API.root().at("/components/schemas/ProblemCode/enum")))
                .containsExactlyInAnyOrderElementsOf(said);
    }

    private static Map<String, Set<Integer>> page() throws IOException {
        Map<String, Set<Integer>> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            Set<Integer> statuses = new TreeSet<>();
            for (String status : row.group(2).split(",")) {
                statuses.add(Integer.valueOf(status.strip()));
            }
            rows.put(row.group(1), statuses);
        }
        return rows;
    }

    private static Map<String, Set<Integer>> statusesOfRoutes() {
        Map<String, Set<Integer>> statuses = new TreeMap<>();
        API.root()
                .path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .flatMap(operation -> operation.path("responses").propertyStream())
                .filter(response -> response.getKey().matches("\\d{3}"))
                .forEach(response ->
                        codes(whole(response.getValue()).path("content"))
                                .forEach(code ->
                                        statuses.computeIfAbsent(code, _ -> new TreeSet<>())
                                                .add(Integer.valueOf(response.getKey()))));
        return statuses;
    }

    private static JsonNode whole(JsonNode node) {
        return node.has("$ref")
                ? API.at(JsonPointer.compile(node.path("$ref").asText().substring(1)))
                : node;
    }

    /** The codes of a problem that is one of these contents. */
    private static Stream<String> codes(JsonNode content) {
        JsonNode code = content.at("/application~1problem+json/schema/properties/code");
        return code.has("const")
                ? Stream.of(code.path("const").asText())
                : ApiDescription.texts(code.path("enum"));
    }
}
