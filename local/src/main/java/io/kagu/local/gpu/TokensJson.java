package io.kagu.local.gpu;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** What a completion tells of tokens beside its text, in the shape of vLLM. */
final class TokensJson {

    private TokensJson() {}

    /** Adds to a choice what the caller asked for; what is not asked for is null. */
    static void put(ObjectNode choice, InferenceRequest request, Answer.Choice answer) {
        var options = request.options().tokens();
        var prompt = request.promptOf(answer.index());
        if (options.logprobs()) {
            putLogprobs(choice.putObject("logprobs"), answer.tokens(), options.asIds());
        } else {
            choice.putNull("logprobs");
        }
        if (options.ids()) {
            var ids = choice.putArray("token_ids");
            answer.tokens().forEach(token -> ids.add(Vocabulary.id(token)));
            var promptIds = choice.putArray("prompt_token_ids");
            prompt.ids().forEach(promptIds::add);
        }
        options.promptLogprobs()
                .ifPresent(top -> putPrompt(choice.putArray("prompt_logprobs"), prompt, top));
    }

    private static void putLogprobs(ObjectNode logprobs, List<String> tokens, boolean asIds) {
        var offsets = logprobs.putArray("text_offset");
        var values = logprobs.putArray("token_logprobs");
        var texts = logprobs.putArray("tokens");
        var tops = logprobs.putArray("top_logprobs");
        int offset = 0;
        for (var token : tokens) {
            int id = Vocabulary.id(token);
            var text = asIds ? "token_id:" + id : token;
            offsets.add(offset);
            offset += token.length();
            values.add(Vocabulary.logprob(id));
            texts.add(text);
            tops.addObject().put(text, Vocabulary.logprob(id));
        }
    }

    /** Nothing comes before the first token, so nothing can be said of it. */
    private static void putPrompt(ArrayNode places, Prompt prompt, int top) {
        for (int id : prompt.ids()) {
            if (places.isEmpty()) {
                places.addNull();
                continue;
            }
            var place = places.addObject();
            int token = id;
            for (int rank = 1; rank <= Math.max(1, top); rank++) {
                place.putObject(Integer.toString(token))
                        .put("logprob", Vocabulary.logprob(id, rank))
                        .put("rank", rank)
                        .put("decoded_token", "t" + token);
                token = Vocabulary.next(token);
            }
        }
    }
}
