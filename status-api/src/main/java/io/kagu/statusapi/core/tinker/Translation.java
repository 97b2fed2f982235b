package io.kagu.statusapi.core.tinker;

/** What came of translating a GPU server's response. */
public sealed interface Translation {

    /** The sample. */
    record Translated(SampleAnswer answer) implements Translation {}

    /** The response is none to a sample; says why without quoting it. */
    record Broken(String why) implements Translation {}
}
