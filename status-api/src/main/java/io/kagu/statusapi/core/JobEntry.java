package io.kagu.statusapi.core;

/** A job as a list holds it; its view says whether that still is so. */
public record JobEntry(ListPlace place, JobLabels labels) {}
