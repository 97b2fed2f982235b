package io.kagu.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;

import io.kagu.common.http.OpenApiRoutes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** An OpenAPI 3.1 description: what it says of routes, and its schemas. */
public final class ApiDescription {

    private static final String LOCATION = "https://kagu.invalid/openapi";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode root;
    private final SchemaRegistry registry;
    private final List<DescribedRoute> routes;
    private final Map<JsonPointer, Schema> schemas = new ConcurrentHashMap<>();

    private ApiDescription(JsonNode root) {
        this.root = root;
        this.registry =
                SchemaRegistry.withDialect(
                        Dialects.getDraft202012(),
                        builder ->
                                builder.schemas(Map.of(LOCATION, root.toString()))
                                        .schemaRegistryConfig(
                                                SchemaRegistryConfig.builder()
                                                        .formatAssertionsEnabled(true)
                                                        .locale(Locale.ROOT)
                                                        .build()));
        this.routes = routes(root);
    }

    /** The description that the services serve. */
    public static ApiDescription served() {
        return of(OpenApiRoutes.description());
    }

    /** A description in YAML. */
    public static ApiDescription of(byte[] yaml) {
        try {
            return new ApiDescription(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("the description is no YAML", e);
        }
    }

    private static List<DescribedRoute> routes(JsonNode root) {
        return root.path("paths")
                .propertyStream()
                .flatMap(path ->
                        path.getValue()
                                .propertyStream()
                                .filter(method -> METHODS.contains(method.getKey()))
                                .map(method -> DescribedRoute.of(path.getKey(), method.getKey())))
                .sorted()
                .toList();
    }

    /** The whole as a tree. */
    public JsonNode root() {
        return root;
    }

    /** The routes that a service answers, such as {@code GET /v1/jobs/{id}}. */
    public Set<String> routesOf(String service) {
        return routes.stream()
                .filter(route ->
                        texts(at(route.at()).path("x-kagu-services")).anyMatch(service::equals))
                .map(DescribedRoute::name)
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    /** The texts of an array. */
    static Stream<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText);
    }

    /** The route that answers a request; a HEAD is answered as its GET. */
    Optional<DescribedRoute> route(String method, String path) {
        String answering = method.equals("HEAD") ? "GET" : method;
        return routes.stream().filter(route -> route.answers(answering, path)).findFirst();
    }

    /** Where the answer with a status is described: under it, or its hundred. */
    Optional<JsonPointer> response(DescribedRoute route, int status) {
        JsonPointer responses = route.at().appendProperty("responses");
        return Stream.of(Integer.toString(status), status / 100 + "XX")
                .map(responses::appendProperty)
                .filter(at -> !at(at).isMissingNode())
                .map(this::followed)
                .findFirst();
    }

    JsonNode at(JsonPointer at) {
        return root.at(at);
    }

    /** Where something stands that may be a reference. */
    JsonPointer followed(JsonPointer at) {
        JsonNode reference = at(at).path("$ref");
        return reference.isTextual()
                ? followed(JsonPointer.compile(reference.textValue().substring(1)))
                : at;
    }

    /** What is wrong with a value by the schema that stands somewhere; empty if nothing is. */
    List<String> faults(JsonPointer schema, JsonNode value) {
        return schema(schema).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** The same of a value in JSON. */
    List<String> faults(JsonPointer schema, String json) {
        return schema(schema).validate(json, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private Schema schema(JsonPointer at) {
        return schemas.computeIfAbsent(
                at, it -> registry.getSchema(SchemaLocation.of(LOCATION + "#" + it)));
    }
}
