package io.kagu.ingest.core.tinker;

import java.util.List;

/** At what a sample ends before its limit. */
sealed interface Stop {

    /** At the model's own end alone. */
    record Nowhere() implements Stop {}

    /** Behind any of these texts. */
    record AtTexts(List<String> texts) implements Stop {
        public AtTexts {
            texts = List.copyOf(texts);
        }
    }

    /** Behind any of these tokens. */
    record AtTokens(List<Integer> tokens) implements Stop {
        public AtTokens {
            tokens = List.copyOf(tokens);
        }
    }
}
