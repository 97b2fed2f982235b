package io.kagu.cli.core;

/** Makes the ids of lines' jobs, always the same ones, so that a line is never two jobs. */
public final class LineJobIds {

    private final String scope;

    /**
     * @param scope what sets this run's jobs apart from those of other files: the absolute path of
     *     its results
     */
    public LineJobIds(String scope) {
        this.scope = scope;
    }

    /** The job id of one generation of a line's job. */
    public String id(IndexedLine.Job line, int generation) {
        return "run-"
                + ContentHash.of(
                        String.join(
                                "\n",
                                scope,
                                line.customId(),
                                line.content(),
                                Integer.toString(generation)));
    }
}
