package dev.llmops.cli.internal.io;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Shows on standard error how far a long reading is, once a second, and at its end how fast it was: in lines, or in bytes where
 * no lines are counted. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class Progress {

    private static final long SECOND = 1_000_000_000L;
    private static final int LINES_BETWEEN_LOOKS = 1_024;
    private static final double MEGA = 1e6;
    private static final int WIDTH = 24;

    private final PrintWriter err;
    private final boolean isShown;
    private final long totalBytes;
    private final long startNanos = System.nanoTime();
    private long shownNanos = startNanos;
    private long lines;
    private long bytes;

    Progress(PrintWriter err, boolean isShown, long totalBytes) {
        this.err = err;
        this.isShown = isShown;
        this.totalBytes = totalBytes;
    }

    /** Returns false where standard error is a file or a pipe, in which a bar would be drawn line after line. */
    static boolean isSeen() {
        Path error = Path.of("/proc/self/fd/2");
        try {
            String target = Files.readSymbolicLink(error).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            String terminal = System.getenv("TERM"); // Not Linux: scheduled jobs and pipelines have none.
            return terminal != null && !terminal.equals("dumb");
        }
    }

    void line() {
        lines++;
        if (lines % LINES_BETWEEN_LOOKS == 0) {
            show();
        }
    }

    private void show() {
        if (isShown && System.nanoTime() - shownNanos > SECOND) {
            shownNanos = System.nanoTime();
            err.print("\r" + bar() + " " + rate());
            err.flush();
        }
    }

    void bytes(int read) {
        bytes += Math.max(0, read);
        if (lines == 0) {
            show();
        }
    }

    /** Ends the bar; quiet where nothing took long. */
    void done() {
        if (isShown && shownNanos != startNanos) {
            err.println("\r" + bar() + " " + rate());
            err.flush();
        }
    }

    private String bar() {
        if (totalBytes <= 0) {
            return "";
        }
        double ratio = Math.min(1, (double) bytes / totalBytes);
        int filled = (int) (ratio * WIDTH);
        return String.format(
                Locale.ROOT, "[%s%s] %3.0f %%", "#".repeat(filled), ".".repeat(WIDTH - filled), ratio * 100);
    }

    private String rate() {
        double seconds = Math.max(1, System.nanoTime() - startNanos) / (double) SECOND;
        if (lines == 0) {
            double read = bytes / MEGA;
            return String.format(Locale.ROOT, "%,.0f MB in %,.0f s, %,.0f a second", read, seconds, read / seconds);
        }
        return String.format(Locale.ROOT, "%,d lines in %,.0f s, %,.0f a second", lines, seconds, lines / seconds);
    }
}
