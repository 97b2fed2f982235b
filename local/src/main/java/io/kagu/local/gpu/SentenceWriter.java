package io.kagu.local.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes readable nonsense: the same seed gives the same text. */
final class SentenceWriter {

    private static final List<String> SUBJECTS =
            List.of("A heron", "The ferry", "Our baker", "The old bridge", "Each lantern");
    private static final List<String> VERBS =
            List.of("follows", "remembers", "crosses", "repairs", "outlives", "greets");
    private static final List<String> OBJECTS =
            List.of("the tide", "a quiet valley", "every letter", "the last snow", "its own echo");
    private static final List<String> ENDINGS =
            List.of("before noon", "without a word", "in early spring", "twice a year", "at dusk");

    private SentenceWriter() {}

    /** The text as its tokens, one per word; joined they read as sentences. */
    static List<String> write(long seed, int tokens) {
        var random = new SplittableRandom(seed);
        var written = new ArrayList<String>(tokens);
        while (written.size() < tokens) {
            for (var word : sentence(random).split(" ", -1)) {
                if (written.size() < tokens) {
                    written.add(written.isEmpty() ? word : " " + word);
                }
            }
        }
        return written;
    }

    private static String sentence(SplittableRandom random) {
        return pick(SUBJECTS, random)
                + " "
                + pick(VERBS, random)
                + " "
                + pick(OBJECTS, random)
                + " "
                + pick(ENDINGS, random)
                + ".";
    }

    private static String pick(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }
}
