package io.kagu.local.gpu;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * One text that a model is asked about.
 *
 * @param tokens how many; text is counted as one token per four characters
 * @param fingerprint equal prompts have equal ones: it seeds the answer
 * @param given the token ids, of a prompt that came as such
 */
record Prompt(int tokens, long fingerprint, List<Integer> given) {

    static Prompt ofText(String text) {
        return new Prompt(Math.max(1, (text.length() + 3) / 4), fingerprint(text), List.of());
    }

    /**
     * Reads {@code prompt} or {@code input}: a string, an array of strings, an array of token ids,
     * or an array of such arrays.
     */
    static List<Prompt> listOf(JsonNode node, String field) {
        if (node.isTextual()) {
            return List.of(ofText(node.asText()));
        }
        if (!node.isArray() || node.isEmpty()) {
            throw unreadable(field);
        }
        if (node.get(0).isIntegralNumber()) {
            return List.of(ofTokens(node, field));
        }
        var prompts = new ArrayList<Prompt>();
        for (var each : node) {
            prompts.add(each.isTextual() ? ofText(each.asText()) : ofTokens(each, field));
        }
        return prompts;
    }

    private static Prompt ofTokens(JsonNode ids, String field) {
        if (!ids.isArray() || ids.isEmpty()) {
            throw unreadable(field);
        }
        for (var id : ids) {
            if (!id.isIntegralNumber()) {
                throw unreadable(field);
            }
        }
        return new Prompt(
                ids.size(),
                fingerprint(ids.toString()),
                ids.valueStream().map(JsonNode::intValue).toList());
    }

    /** Its token ids; those of a text are made up. */
    List<Integer> ids() {
        return given.isEmpty()
                ? IntStream.range(0, tokens).mapToObj(i -> Vocabulary.id(fingerprint + i)).toList()
                : given;
    }

    private static RejectedException unreadable(String field) {
        return new RejectedException(
                ErrorAnswer.badRequest(
                        "'"
                                + field
                                + "' must be a string, an array of strings, an array of token"
                                + " ids, or an array of arrays of token ids.",
                        field));
    }

    private static long fingerprint(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
