package io.kagu.local.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Streams an answer as server-sent events, one token at a time, as it is generated. */
final class EventStream {

    private final Exchange exchange;
    private final Answer answer;
    private final Spoiling spoiling;

    EventStream(Exchange exchange, Answer answer, Spoiling spoiling) {
        this.exchange = exchange;
        this.answer = answer;
        this.spoiling = spoiling;
    }

    void send(Duration perToken) throws IOException {
        exchange.startStream();
        if (answer.request().route() == Route.CHAT) {
            for (var choice : answer.choices()) {
                emit(AnswerJson.roleChunk(answer, choice));
            }
        }
        int length = answer.longestChoice();
        for (int position = 0; position < length; position++) {
            exchange.connection().pause(perToken);
            if (spoiling != Spoiling.NONE && position >= length / 2) {
                spoil();
                return;
            }
            emitPosition(position);
        }
        if (answer.request().options().includeUsage()) {
            emit(AnswerJson.usageChunk(answer));
        }
        exchange.endStream(CallEnding.COMPLETED, "data: [DONE]\n\n");
    }

    private void emitPosition(int position) throws IOException {
        for (var choice : answer.choices()) {
            int size = choice.tokens().size();
            if (position < size) {
                emit(AnswerJson.chunk(answer, choice, choice.tokens().get(position)));
            }
            if (position == size - 1) {
                emit(AnswerJson.finishChunk(answer, choice));
            }
        }
    }

    private void spoil() throws IOException {
        if (spoiling == Spoiling.DROP_CONNECTION) {
            exchange.dropStream();
        } else {
            exchange.endStream(
                    CallEnding.FAULTED, "data: {\"id\":\"" + answer.id() + "\",\"cho\n\n");
        }
    }

    private void emit(ObjectNode chunk) throws IOException {
        var json = new String(Bodies.bytesOf(chunk), StandardCharsets.UTF_8);
        exchange.stream("data: " + json + "\n\n");
    }
}
