package io.kagu.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The description itself. */
class OpenApiFileTest {

    private static final ApiDescription API = ApiDescription.served();
    private static final SchemaRegistry STANDARDS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Set<String> SERVICES = Set.of("ingest", "status-api", "dispatcher");

    @Test
    void itIsValidOpenApi() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("openapi-3.1-schema.json")) {
            Schema openApi = STANDARDS.getSchema(in, InputFormat.JSON);

            assertThat(openApi.validate(API.root())).isEmpty();
        }
    }

    @Test
    void everySchemaOfItIsValid() {
        Schema standard =
                STANDARDS.getSchema(
                        SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        List<String> broken = new ArrayList<>();

        wholeSchemas()
                .forEach(at ->
                        standard.validate(API.root().at(at))
                                .forEach(fault -> broken.add(at + ": " + fault)));

        assertThat(broken).isEmpty();
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        List<String> faults = new ArrayList<>();
        List<JsonPointer> examples = new ArrayList<>();

        each(
                JsonPointer.empty(),
                API.root(),
                (at, node) -> {
                    if (node.has("example") && node.has("schema")) {
                        examples.add(at);
                        API.faults(at.appendProperty("schema"), node.path("example"))
                                .forEach(fault -> faults.add(at + fault));
                    }
                });

        assertThat(examples).isNotEmpty();
        assertThat(faults).isEmpty();
    }

    /** Else a field that nobody described would pass. */
    @Test
    void everyObjectThatIsAnsweredSaysWhichFieldsItHas() {
        List<String> open = new ArrayList<>();

        eachSchema((at, schema) -> {
            boolean closed =
                    schema.has("additionalProperties") || schema.has("unevaluatedProperties");
            boolean partOfOthers = at.toString().endsWith("Fields");
            if (schema.path("type").asText().equals("object") && !closed && !partOfOthers) {
                open.add(at.toString());
            }
        });

        assertThat(open).isEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhereAndNothingIsLeftOver() {
        Set<String> used = new TreeSet<>();
        each(
                JsonPointer.empty(),
                API.root(),
                (_, node) -> {
                    if (node.path("$ref").isTextual()) {
                        used.add(node.path("$ref").textValue().substring(1));
                    }
                });
        Set<String> described = new TreeSet<>();
        API.root()
                .path("components")
                .propertyStream()
                .forEach(kind ->
                        kind.getValue()
                                .fieldNames()
                                .forEachRemaining(name ->
                                        described.add(
                                                "/components/%s/%s"
                                                        .formatted(kind.getKey(), name))));

        assertThat(used).isEqualTo(described);
    }

    @Test
    void everyRouteNamesTheServicesThatAnswerItAndARefusal() {
        List<String> faults = new ArrayList<>();
        operations()
                .forEach(route -> {
                    List<String> services =
                            ApiDescription.texts(route.path("x-kagu-services")).toList();
                    if (services.isEmpty() || !SERVICES.containsAll(services)) {
                        faults.add(route.path("operationId").asText() + ": " + services);
                    }
                    if (!route.at("/responses/default/$ref").asText().endsWith("/Refused")) {
                        faults.add(route.path("operationId").asText() + " has no default");
                    }
                });

        assertThat(faults).isEmpty();
    }

    @Test
    void whoeverIsToldToComeBackIsToldWhen() {
        List<String> faults = new ArrayList<>();
        operations()
                .forEach(route ->
                        Stream.of("408", "429", "503")
                                .filter(status -> route.path("responses").has(status))
                                .filter(status -> !tellsWhen(route.path("responses").path(status)))
                                .forEach(status ->
                                        faults.add(
                                                route.path("operationId").asText()
                                                        + " "
                                                        + status)));

        assertThat(faults).isEmpty();
    }

    private static boolean tellsWhen(JsonNode response) {
        JsonNode whole =
                response.has("$ref")
                        ? API.root().at(response.path("$ref").asText().substring(1))
                        : response;
        return whole.at("/headers/Retry-After/$ref")
                .asText()
                .equals("#/components/headers/RetryAfter");
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(operations().map(route -> route.path("operationId").asText()))
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    private static Stream<JsonNode> operations() {
        return API.root()
                .path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(node -> node.has("responses"));
    }

    /** Schemas and all that stands in them. */
    private static void eachSchema(BiConsumer<JsonPointer, JsonNode> visitor) {
        wholeSchemas().forEach(at -> each(at, API.root().at(at), visitor));
    }

    private static List<JsonPointer> wholeSchemas() {
        JsonPointer named = JsonPointer.compile("/components/schemas");
        List<JsonPointer> whole = new ArrayList<>();
        API.root()
                .at(named)
                .fieldNames()
                .forEachRemaining(it -> whole.add(named.appendProperty(it)));
        each(
                JsonPointer.empty(),
                API.root(),
                (at, node) -> {
                    if (node.has("schema") && !at.toString().startsWith(named.toString())) {
                        whole.add(at.appendProperty("schema"));
                    }
                });
        return whole;
    }

    private static void each(
            JsonPointer at, JsonNode node, BiConsumer<JsonPointer, JsonNode> visitor) {
        if (node.isObject()) {
            visitor.accept(at, node);
            node.propertyStream()
                    .filter(field -> !field.getKey().equals("example"))
                    .forEach(field ->
                            each(at.appendProperty(field.getKey()), field.getValue(), visitor));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            each(at.appendIndex(i), node.get(i), visitor);
        }
    }
}
