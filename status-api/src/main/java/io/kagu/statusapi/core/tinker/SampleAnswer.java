package io.kagu.statusapi.core.tinker;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;
import java.util.Optional;

/**
 * What a sample came to.
 *
 * @param promptLogprobs of each token of the prompt, where they were asked for and told; the first
 *     token has none
 * @param topkPromptLogprobs the likeliest tokens at each place of the prompt, where asked for
 */
public record SampleAnswer(
        String type,
        List<Sequence> sequences,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<List<Optional<Double>>> promptLogprobs,
        @JsonProperty("topk_prompt_logprobs")
                Optional<List<Optional<List<TokenLogprob>>>> topkPromptLogprobs) {

    public SampleAnswer {
        sequences = List.copyOf(sequences);
    }

    static SampleAnswer of(List<Sequence> sequences, Optional<PromptLogprobs> prompt, int top) {
        return new SampleAnswer(
                "sample",
                sequences,
                prompt.map(PromptLogprobs::own),
                prompt.filter(_ -> top > 0).map(known -> known.top(top)));
    }

    /** A token and its log probability, written as a pair. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record TokenLogprob(int token, double logprob) {}
}
