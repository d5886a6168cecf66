package dev.llmops.logging;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends entries to a file, one JSON record a line, and rotates it by size: {@code calls.jsonl} becomes {@code
 * calls.jsonl.1}, the one before {@code calls.jsonl.2}, and so on. A file that somebody else moved, deleted or emptied is
 * created again with the next entry. Thread-safe; one process at a time may have the file.
 *
 * <p>An entry has reached the operating system when {@link #write} returns, so a killed process loses none of those, and
 * leaves its last line torn at worst. The next start cuts a torn line off and says so: in the log, in {@link
 * #tornBytes()} and as {@code llm.telemetry.dropped} at {@code log_torn_line}.
 *
 * <p>See docs/decisions/logging.md#a-torn-line-is-cut-off-at-the-start-instead-of-being-kept.
 *
 * @since 0.1.0
 */
public final class JsonLinesFile implements LogSink, TelemetryAware {

    /** Default size from which a file is rotated: {@value} bytes. */
    public static final long DEFAULT_MAX_FILE_BYTES = 64L * 1024 * 1024;

    /** Default number of rotated files that are kept: {@value}. */
    public static final int DEFAULT_KEPT_FILES = 4;

    private static final String TORN_LINE = "log_torn_line";
    private static final Logger LOG = LoggerFactory.getLogger("llmops");

    private final Path path;
    private final long maxFileBytes;
    private final int keptFiles;
    private final long tornBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable AppendedFile file;
    private boolean closed;
    private volatile Telemetry telemetry = new Telemetry();

    private JsonLinesFile(Builder builder, AppendedFile file) {
        this.path = builder.path;
        this.maxFileBytes = builder.maxFileBytes;
        this.keptFiles = builder.keptFiles;
        this.file = file;
        this.tornBytes = file.tornBytes();
        if (tornBytes > 0) {
            LOG.warn("{} ended in a torn line of {} bytes, left by a killed process; it was cut off", path, tornBytes);
        }
    }

    /**
     * A file with every default.
     *
     * @param path the current file; made, with its folder, when it is missing
     * @return a sink
     * @throws UncheckedIOException if the file cannot be opened, or another process has it
     */
    public static JsonLinesFile at(Path path) {
        return builder(path).build();
    }

    /**
     * A file of one's own choice.
     *
     * @param path the current file; made, with its folder, when it is missing
     * @return a builder with every default
     */
    public static Builder builder(Path path) {
        return new Builder(path);
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
        if (tornBytes > 0) {
            telemetry.count(Telemetry.Kind.DROPPED, TORN_LINE);
        }
    }

    /**
     * Returns the length of the torn line that was cut off at the start, after the process before had been killed.
     *
     * @return bytes; 0 when the file was whole
     */
    public long tornBytes() {
        return tornBytes;
    }

    @Override
    public void write(LogEntry entry) {
        byte[] line = JsonText.line(entry);
        lock.lock();
        try {
            fileFor(line.length).append(line);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + path, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void warmUp(LogEntry sample) {
        var unusedLine = JsonText.line(sample);
    }

    private AppendedFile fileFor(int nextBytes) throws IOException {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
        if (file != null && !file.isStillAt(path)) {
            closeFile();
        }
        AppendedFile current = file == null ? openAgain() : file;
        if (current.size() == 0 || current.size() + nextBytes <= maxFileBytes) {
            return current;
        }
        closeFile();
        try {
            Rotation.rotate(path, keptFiles);
        } catch (IOException e) {
            telemetry.failure("JsonLinesFile.rotate", e, "make the folder writable; the file goes on growing");
        }
        return openAgain();
    }

    private AppendedFile openAgain() throws IOException {
        AppendedFile opened = AppendedFile.open(path);
        file = opened;
        if (opened.tornBytes() > 0) {
            telemetry.count(Telemetry.Kind.DROPPED, TORN_LINE);
        }
        return opened;
    }

    private void closeFile() throws IOException {
        AppendedFile current = file;
        file = null; // in any case the file is opened again
        if (current != null) {
            current.close();
        }
    }

    /**
     * Closes the file; what is written afterwards fails. Closing twice is harmless.
     *
     * @throws UncheckedIOException if the file cannot be closed
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closeFile();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        } finally {
            lock.unlock();
        }
    }

    /** Collects the choices. Not thread-safe. */
    public static final class Builder {

        private final Path path;
        private long maxFileBytes = DEFAULT_MAX_FILE_BYTES;
        private int keptFiles = DEFAULT_KEPT_FILES;

        private Builder(Path path) {
            this.path = path;
        }

        /**
         * Sets how large a file grows before it is rotated; {@value JsonLinesFile#DEFAULT_MAX_FILE_BYTES} by default. A
         * single record above that still gets a file of its own.
         *
         * @param bytes positive
         * @return this builder
         */
        public Builder maxFileBytes(long bytes) {
            this.maxFileBytes = bytes;
            return this;
        }

        /**
         * Sets how many rotated files are kept; {@value JsonLinesFile#DEFAULT_KEPT_FILES} by default.
         *
         * @param files 0 or more; with 0, a full file is deleted
         * @return this builder
         */
        public Builder keptFiles(int files) {
            this.keptFiles = files;
            return this;
        }

        /**
         * Opens the file.
         *
         * @return a sink
         * @throws IllegalArgumentException naming every rule that is broken
         * @throws UncheckedIOException if the file cannot be opened, or another process has it
         */
        public JsonLinesFile build() {
            List<String> problems = new ArrayList<>();
            if (maxFileBytes < 1) {
                problems.add("maxFileBytes is not positive (" + maxFileBytes
                        + ") — at least 1 — pass the size at which to rotate");
            }
            if (keptFiles < 0) {
                problems.add("keptFiles is negative (" + keptFiles
                        + ") — 0 or more — pass 0 to keep the current file alone");
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            try {
                return new JsonLinesFile(this, AppendedFile.open(path));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "log file " + path + " cannot be opened (" + e.getMessage()
                                + ") — a writable path that no other process writes — correct the path",
                        e);
            }
        }
    }
}
