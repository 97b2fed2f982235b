package io.kagu.statusapi.core.tinker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.kagu.statusapi.core.tinker.PromptLogprobs.Candidate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one choice of a completion. */
final class ChoiceReader {

    private final JsonParser json;
    private int index;
    private Optional<String> finishReason = Optional.empty();
    private Optional<List<Integer>> tokenIds = Optional.empty();
    private TokenLogprobs logprobs = TokenLogprobs.NONE;
    private List<List<Candidate>> promptPlaces = List.of();
    private List<Integer> promptTokens = List.of();

    /**
     * @param json stands at the choice's start
     * @param place of the choice, which is its index where none is told
     */
    ChoiceReader(JsonParser json, int place) {
        this.json = json;
        this.index = place;
    }

    Choice choice() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            field(json.currentName());
        }
        return new Choice(index, finishReason, tokenIds, logprobs, promptPlaces, promptTokens);
    }

    private void field(String name) throws IOException {
        JsonToken value = json.nextToken();
        switch (name) {
            case "index" -> index = JsonLists.whole(json).orElse(index);
            case "finish_reason" -> finishReason = text();
            case "token_ids" ->
                    tokenIds =
                            value == JsonToken.START_ARRAY
                                    ? Optional.of(JsonLists.wholes(json))
                                    : passedOver();
            case "prompt_token_ids" -> promptTokens = JsonLists.wholes(json);
            case "prompt_logprobs" -> promptPlaces = JsonLists.of(json, ChoiceReader::place);
            case "logprobs" -> {
                if (value == JsonToken.START_OBJECT) {
                    logprobs = new LogprobsReader(json).logprobs();
                } else {
                    json.skipChildren();
                }
            }
            default -> json.skipChildren();
        }
    }

    private <T> Optional<T> passedOver() throws IOException {
        json.skipChildren();
        return Optional.empty();
    }

    private Optional<String> text() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        return passedOver();
    }

    /** An object by token id; null for the first token, before which there is nothing. */
    private static List<Candidate> place(JsonParser json) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return candidates;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            int token = token(json.currentName());
            json.nextToken();
            candidate(json, token, candidates.size() + 1).ifPresent(candidates::add);
        }
        return candidates;
    }

    private static int token(String name) throws IOException {
        try {
            return Integer.parseInt(name);
        } catch (NumberFormatException _) {
            throw new BrokenCompletionException("its prompt_logprobs are not by token id");
        }
    }

    private static Optional<Candidate> candidate(JsonParser json, int token, int place)
            throws IOException {
        Optional<Double> logprob = Optional.empty();
        int rank = place;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Optional.empty();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "logprob" -> logprob = JsonLists.number(json);
                case "rank" -> rank = JsonLists.whole(json).orElse(place);
                default -> json.skipChildren();
            }
        }
        int known = rank;
        return logprob.map(number -> new Candidate(token, number, known));
    }
}
