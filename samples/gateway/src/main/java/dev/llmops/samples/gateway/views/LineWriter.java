package dev.llmops.samples.gateway.views;

import dev.llmops.logging.LogEntry;
import dev.llmops.logging.LogSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes each log entry as one line of JSON, on a thread of its own: who reads standard output slowly, or not at all,
 * holds no event loop up. Nothing else writes there, so that no line breaks another. What does not fit in the queue is
 * lost, and counted by the call log.
 */
public final class LineWriter implements LogSink {

    private static final int QUEUED_LINES = 4_096;
    private static final String END = "";
    private static final long PATIENCE_SECONDS = 2;

    private final OutputStream out;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(QUEUED_LINES);
    private final Thread writer = new Thread(this::writeLines, "gateway-call-log");
    private volatile @Nullable IOException broken;

    public LineWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out);
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void write(LogEntry entry) {
        write(entry.json());
    }

    /** Writes a line that is no log entry. */
    public void write(String line) {
        if (broken != null) {
            throw new IllegalStateException("standard output cannot be written to", broken);
        }
        if (!lines.offer(line)) {
            throw new IllegalStateException("standard output is read too slowly");
        }
    }

    private void writeLines() {
        try {
            for (String line = lines.take(); !line.equals(END); line = lines.take()) {
                out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
                if (lines.isEmpty()) {
                    out.flush();
                }
            }
            out.flush();
        } catch (IOException e) {
            broken = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a little for the lines that are left. */
    @Override
    public void close() {
        try {
            if (lines.offer(END, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                writer.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
