package dev.llmops.samples.gateway.views;

import ch.qos.logback.core.AsyncAppenderBase;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.llmops.logging.LogEntry;
import dev.llmops.logging.LogSink;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes each log entry as one line of JSON through Logback's asynchronous appender, so that a slow reader of standard
 * output never blocks an event loop. A line that does not fit in the queue is lost, and counted by the call log.
 * Thread-safe.
 */
public final class LineWriter implements LogSink {

    private static final int QUEUED_LINES = 4_096;
    private static final int PATIENCE_MILLIS = 2_000;

    private final OutputStreamAppender<String> lines = new OutputStreamAppender<>();
    private final AsyncAppenderBase<String> queue = new AsyncAppenderBase<>();

    /** Creates a writer to a stream. */
    public LineWriter(OutputStream out) {
        Context context = new ContextBase();
        LineEncoder encoder = new LineEncoder();
        lines.setContext(context);
        lines.setEncoder(encoder);
        lines.setOutputStream(out);
        lines.start();
        queue.setContext(context);
        queue.setName("gateway-call-log");
        queue.setQueueSize(QUEUED_LINES);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(PATIENCE_MILLIS);
        queue.addAppender(lines);
        queue.start();
    }

    @Override
    public void write(LogEntry entry) {
        write(entry.json());
    }

    /** Writes a line that is no log entry. */
    // Synchronized, because the appender drops in silence: nothing else may take the room that was seen.
    public synchronized void write(String line) {
        if (!lines.isStarted()) {
            throw new IllegalStateException(
                    "standard output is closed — the call log needs it open — restart with a reader");
        }
        if (queue.getRemainingCapacity() == 0) {
            throw new IllegalStateException("standard output is read too slowly (" + QUEUED_LINES
                    + " lines wait) — further lines are lost — read it, or send it to a file");
        }
        queue.doAppend(line);
    }

    /** Waits a little for the lines that are left. */
    @Override
    public void close() {
        queue.stop();
    }

    private static final class LineEncoder extends EncoderBase<String> {

        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] encode(String line) {
            return (line + '\n').getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }
}
