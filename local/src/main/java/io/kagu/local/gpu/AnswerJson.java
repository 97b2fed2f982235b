package io.kagu.local.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers as OpenAI's JSON: whole ones and the chunks of a stream. */
final class AnswerJson {

    private AnswerJson() {}

    static ObjectNode whole(Answer answer) {
        if (answer.request().route() == Route.EMBEDDINGS) {
            return EmbeddingsJson.whole(answer);
        }
        var root = head(answer, answer.request().route().object());
        var choices = root.putArray("choices");
        answer.choices().forEach(choice -> choices.add(wholeChoice(answer, choice)));
        putUsage(root, answer);
        return root;
    }

    /** A chunk with one token of one choice. */
    static ObjectNode chunk(Answer answer, Answer.Choice choice, String token) {
        var root = head(answer, answer.request().route().chunkObject());
        var node = root.putArray("choices").addObject().put("index", choice.index());
        if (answer.request().route() == Route.CHAT) {
            node.putObject("delta").put("content", token);
        } else {
            node.put("text", token);
        }
        node.putNull("logprobs").putNull("finish_reason");
        return withoutUsage(root, answer);
    }

    /** Opens a choice of a chat: it carries the role. */
    static ObjectNode roleChunk(Answer answer, Answer.Choice choice) {
        var root = chunk(answer, choice, "");
        ((ObjectNode) root.at("/choices/0/delta")).put("role", "assistant");
        return root;
    }

    /** Ends a choice: no text, but the reason why it ended. */
    static ObjectNode finishChunk(Answer answer, Answer.Choice choice) {
        var root = chunk(answer, choice, "");
        var node = (ObjectNode) root.at("/choices/0");
        if (answer.request().route() == Route.CHAT) {
            node.putObject("delta");
        }
        node.put("finish_reason", choice.finishReason());
        return root;
    }

    static ObjectNode usageChunk(Answer answer) {
        var root = head(answer, answer.request().route().chunkObject());
        root.putArray("choices");
        putUsage(root, answer);
        return root;
    }

    private static ObjectNode head(Answer answer, String object) {
        return Bodies.JSON
                .createObjectNode()
                .put("id", answer.id())
                .put("object", object)
                .put("created", answer.createdEpochSeconds())
                .put("model", answer.request().model());
    }

    private static ObjectNode wholeChoice(Answer answer, Answer.Choice choice) {
        var node = Bodies.JSON.createObjectNode().put("index", choice.index());
        if (answer.request().route() == Route.CHAT) {
            node.putObject("message").put("role", "assistant").put("content", choice.text());
            node.putNull("logprobs");
        } else {
            node.put("text", choice.text());
            TokensJson.put(node, answer.request(), choice);
        }
        return node.put("finish_reason", choice.finishReason());
    }

    private static ObjectNode withoutUsage(ObjectNode chunk, Answer answer) {
        return answer.request().options().includeUsage() ? chunk.putNull("usage") : chunk;
    }

    private static void putUsage(ObjectNode root, Answer answer) {
        int prompt = answer.request().promptTokens();
        int completion = answer.completionTokens();
        root.putObject("usage")
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }
}
