package io.kagu.statusapi.core.tinker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.kagu.common.codec.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the response of {@code /v1/completions} as a sample. Responses are large and mostly text
 * that nobody wants here, so they are read token by token and never as a tree.
 */
public final class CompletionsReader {

    private static final JsonFactory FACTORY = Json.MAPPER.getFactory();

    private final JsonParser json;
    private final List<Choice> choices = new ArrayList<>();
    private List<Integer> promptTokens = List.of();

    private CompletionsReader(JsonParser json) {
        this.json = json;
    }

    /**
     * Translates a response.
     *
     * @param top how many alternatives of each prompt token were asked for
     */
    public static Translation read(byte[] response, int top) {
        try (JsonParser json = FACTORY.createParser(response)) {
            return new Translation.Translated(new CompletionsReader(json).sample(top));
        } catch (BrokenCompletionException e) {
            return new Translation.Broken(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Translation.Broken("it is no JSON of the expected shape");
        }
    }

    private SampleAnswer sample(int top) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new BrokenCompletionException("it is no JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            field(json.currentName());
        }
        if (choices.isEmpty()) {
            throw new BrokenCompletionException("it has no choices");
        }
        choices.sort(Comparator.comparingInt(Choice::index));
        List<Sequence> sequences = new ArrayList<>();
        for (Choice choice : choices) {
            sequences.add(choice.sequence());
        }
        return SampleAnswer.of(sequences, promptLogprobs(), top);
    }

    private void field(String name) throws IOException {
        json.nextToken();
        switch (name) {
            case "choices" -> choices();
            case "prompt_token_ids" -> promptTokens = JsonLists.wholes(json);
            default -> json.skipChildren();
        }
    }

    private void choices() throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            throw new BrokenCompletionException("its choices are no list");
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            choices.add(new ChoiceReader(json, choices.size()).choice());
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new BrokenCompletionException("a choice is no object");
        }
    }

    /** Each choice tells the same of the one prompt. */
    private Optional<PromptLogprobs> promptLogprobs() {
        return choices.stream()
                .filter(choice -> !choice.promptPlaces().isEmpty())
                .findFirst()
                .map(choice ->
                        new PromptLogprobs(
                                choice.promptPlaces(),
                                choice.promptTokens().isEmpty()
                                        ? promptTokens
                                        : choice.promptTokens()));
    }
}
