package io.kagu.dispatcher.core;

import io.kagu.common.job.Choice;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Choices for tests. */
final class Choices {

    /** The only GPU there is, with one slot and nothing in it. */
    static final Choice SOLE = new Choice("sole", Optional.empty(), 1, List.of(), new TreeMap<>());

    private Choices() {}
}
