package io.kagu.local.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Embeddings: a unit vector drawn from each prompt's fingerprint. */
final class EmbeddingsJson {

    private EmbeddingsJson() {}

    static ObjectNode whole(Answer answer) {
        var request = answer.request();
        var root = Bodies.JSON.createObjectNode().put("object", request.route().object());
        var data = root.putArray("data");
        for (var prompt : request.prompts()) {
            var entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            putVector(entry, vector(prompt, request.options().dimensions()), request.options());
        }
        root.put("model", request.model());
        root.putObject("usage")
                .put("prompt_tokens", request.promptTokens())
                .put("total_tokens", request.promptTokens());
        return root;
    }

    private static void putVector(
            ObjectNode entry, List<Float> vector, InferenceRequest.Options options) {
        if (options.base64()) {
            var bytes = ByteBuffer.allocate(vector.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
            vector.forEach(bytes::putFloat);
            entry.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
        } else {
            var array = entry.putArray("embedding");
            vector.forEach(array::add);
        }
    }

    private static List<Float> vector(Prompt prompt, int dimensions) {
        var random = new SplittableRandom(prompt.fingerprint());
        var raw = new ArrayList<Double>(dimensions);
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            double value = random.nextDouble() * 2 - 1;
            raw.add(value);
            squares += value * value;
        }
        double length = Math.sqrt(squares);
        return raw.stream().map(value -> (float) (value / length)).toList();
    }
}
