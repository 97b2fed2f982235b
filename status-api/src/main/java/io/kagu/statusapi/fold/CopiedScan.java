package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.JobEntry;
import io.kagu.statusapi.core.ListPlace;

import java.util.List;

/** Goes through the entries of a list that were copied before. */
final class CopiedScan implements ListScan<JobEntry> {

    private final List<JobEntry> entries;
    private final boolean cut;
    private int at;

    /**
     * @param limit of the copy: as many entries may not be all of them
     */
    CopiedScan(List<JobEntry> entries, int limit) {
        this.entries = entries;
        this.cut = entries.size() >= limit;
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
    public boolean cut() {
        return cut;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
