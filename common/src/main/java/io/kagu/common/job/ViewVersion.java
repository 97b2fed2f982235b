package io.kagu.common.job;

/**
 * Which of two views of a job readers keep: the one of the later run; within a run an end stands
 * for good, whatever comes after it, and any end goes before what is not one; otherwise the higher
 * number. (An owner's crash can take numbers back, but never an end that was told.)
 *
 * @param run counts lives from 1
 * @param terminal whether the view is of an end
 * @param number the view's version
 */
public record ViewVersion(int run, boolean terminal, long number) {

    /** The version of a view. */
    public static ViewVersion of(JobView view) {
        return new ViewVersion(view.run(), view.state().terminal(), view.version());
    }

    /** Whether a view of this version takes the place of a known one. */
    public boolean replaces(ViewVersion known) {
        if (run != known.run) {
            return run > known.run;
        }
        if (known.terminal || terminal) {
            return !known.terminal;
        }
        return number > known.number;
    }
}
