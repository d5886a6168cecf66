package dev.llmops.release.internal.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The memory that groups may take, and the temporary file for the rest. Thread-safe. */
final class Scratch implements AutoCloseable {

    private final AtomicLong memoryLeft;
    private final AtomicLong end = new AtomicLong();
    private @Nullable FileChannel file;

    Scratch(long memoryBytes) {
        this.memoryLeft = new AtomicLong(memoryBytes);
    }

    /** Returns true if so many bytes may stay in memory. */
    boolean takesMemory(int bytes) {
        if (memoryLeft.get() < bytes) {
            return false;
        }
        memoryLeft.addAndGet(-bytes);
        return true;
    }

    void givesBack(int bytes) {
        memoryLeft.addAndGet(bytes);
    }

    /** Writes bytes to the file, and returns where. */
    long write(byte[] bytes, int length) {
        long at = end.getAndAdd(length);
        try {
            FileChannel to = file();
            ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
            while (left.hasRemaining()) {
                to.write(left, at + left.position());
            }
            return at;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write a temporary file in " + System.getProperty("java.io.tmpdir")
                            + " — it takes about 200 bytes for each call of the release — name a folder with room by"
                            + " -Djava.io.tmpdir",
                    e);
        }
    }

    void read(long from, byte[] to, int offset, int length) {
        ByteBuffer left = ByteBuffer.wrap(to, offset, length).slice();
        try {
            while (left.hasRemaining()) {
                if (file().read(left, from + left.position()) < 0) {
                    throw new IOException("the temporary file is shorter than what was written");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the temporary file", e);
        }
    }

    /** The file belongs to its user alone, and on Unix has no name any more once it is open. */
    private synchronized FileChannel file() throws IOException {
        FileChannel open = file;
        if (open == null) {
            Path path = Files.createTempFile("llmops-", ".records");
            open = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            file = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove the temporary file", e);
            }
        }
    }
}
