package dev.llmops.cli.internal.io;

/**
 * The endings of a command, for scripts.
 *
 * @since 0.1.0
 */
public final class ExitCodes {

    /** The check passed, or there was none. */
    public static final int PASSED = 0;

    /** The check failed. */
    public static final int FAILED = 1;

    /** The command line is wrong, or a file cannot be read. */
    public static final int USAGE = 2;

    /** There is too little data to say. */
    public static final int UNDECIDED = 3;

    private ExitCodes() {}
}
