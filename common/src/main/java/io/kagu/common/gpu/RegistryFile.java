package io.kagu.common.gpu;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.kagu.common.codec.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A registry written as YAML: {@code gpus:} and a list of GPUs. */
public final class RegistryFile {

    private static final ObjectReader YAML =
            Json.configured(YAMLMapper.builder())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readerFor(Content.class);

    private RegistryFile() {}

    private record Content(List<GpuSpec> gpus) {}

    /**
     * The registry in a file.
     *
     * @throws RegistryException naming file, place and what is wrong there
     */
    public static Registry read(Path file) {
        String yaml = text(file);
        try {
            Content content = YAML.readValue(yaml);
            if (content == null || content.gpus() == null || content.gpus().isEmpty()) {
                throw noGpus(file);
            }
            if (content.gpus().stream().anyMatch(Objects::isNull)) {
                throw new RegistryException(List.of(file + ": an entry under gpus: is empty"));
            }
            return Registry.of(content.gpus());
        } catch (UnrecognizedPropertyException e) {
            throw new RegistryException(List.of(file + ": " + unknownField(e, yaml)));
        } catch (MismatchedInputException e) {
            throw e.getPath().isEmpty() ? noGpus(file) : bad(file, e);
        } catch (JsonProcessingException e) {
            throw bad(file, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new RegistryException(List.of(file + ": there is no such file"));
        } catch (IOException e) {
            throw new RegistryException(List.of(file + " cannot be read: " + e));
        }
    }

    private static RegistryException noGpus(Path file) {
        return new RegistryException(List.of(file + ": no list of GPUs under gpus:"));
    }

    private static RegistryException bad(Path file, JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ": ";
        String what = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
        return new RegistryException(List.of(file + ": " + where + what));
    }

    /** The parser tells the end of the GPU as the place, so the field is looked for. */
    private static String unknownField(UnrecognizedPropertyException e, String yaml) {
        String name = e.getPropertyName();
        Pattern field = Pattern.compile("[\\s{,\"'-]*" + Pattern.quote(name) + "[\"']?\\s*:.*");
        List<String> lines = yaml.lines().toList();
        int line = 0;
        while (line < lines.size() && !field.matcher(lines.get(line)).matches()) {
            line++;
        }
        String where = line < lines.size() ? "line " + (line + 1) + ": " : "";
        return "%sunknown field %s; known are %s"
                .formatted(where, name, new TreeSet<>(e.getKnownPropertyIds()));
    }
}
