package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.JobEntry;
import io.kagu.statusapi.core.ListPlace;

import java.util.List;

/** Goes through entries that were copied before. */
final class CopiedScan implements ListScan<JobEntry> {

    private final List<JobEntry> entries;
    private int at;

    CopiedScan(List<JobEntry> entries) {
        this.entries = entries;
    }

    @Override
    public boolean hasNext() {
        return at < entries.size();
    }

    @Override
    public ListPlace nextPlace() {
        return entries.get(at).place();
    }

    @Override
    public JobEntry next() {
        return entries.get(at++);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
