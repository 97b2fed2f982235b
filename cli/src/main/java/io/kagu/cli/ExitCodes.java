package io.kagu.cli;

/** What the program's exit codes mean. */
public final class ExitCodes {

    /** Everything asked for was done. */
    public static final int OK = 0;

    /** It was tried and failed, or not all of it worked; the output says what. */
    public static final int FAILED = 1;

    /** It could not even be tried: an option, a file or a setting is wrong. */
    public static final int USAGE = 2;

    /** Stopped by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
