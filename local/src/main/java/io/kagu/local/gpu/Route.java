package io.kagu.local.gpu;

/** The inference routes of an OpenAI-compatible server. */
enum Route {
    CHAT("/v1/chat/completions", "chat.completion", "chatcmpl-"),
    COMPLETIONS("/v1/completions", "text_completion", "cmpl-"),
    EMBEDDINGS("/v1/embeddings", "list", "embd-");

    private final String path;
    private final String object;
    private final String idPrefix;

    Route(String path, String object, String idPrefix) {
        this.path = path;
        this.object = object;
        this.idPrefix = idPrefix;
    }

    String path() {
        return path;
    }

    /** The {@code object} of a whole answer. */
    String object() {
        return object;
    }

    /** The {@code object} of one streamed chunk. */
    String chunkObject() {
        return this == CHAT ? "chat.completion.chunk" : object;
    }

    String idPrefix() {
        return idPrefix;
    }
}
