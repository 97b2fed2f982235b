package io.kagu.common.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids of jobs that Tinker clients submit. Such an id is all that is known when the result is asked
 * for, so it says how many alternatives of each prompt token were asked for.
 */
public final class SampleIds {

    /** Most alternatives that can be asked for. */
    public static final int MAX_TOP = 1000;

    private static final Pattern TOP = Pattern.compile(".*\\.top(\\d{1,4})");

    private SampleIds() {}

    /**
     * The id of a job.
     *
     * @param base unique
     * @param top alternatives of each prompt token; 0 for none
     */
    public static String of(String base, int top) {
        return top == 0 ? base : base + ".top" + top;
    }

    /** How many alternatives of each prompt token were asked for; 0 for none. */
    public static int top(String jobId) {
        Matcher matcher = TOP.matcher(jobId);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
