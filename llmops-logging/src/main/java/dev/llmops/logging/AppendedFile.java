package dev.llmops.logging;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A locked file that always ends in a whole line. Not thread-safe.
 *
 * <p>A random-access file and not a channel, since a channel is closed by the interruption of any thread that happens to
 * log.
 *
 * <p>See docs/decisions/logging.md#the-file-is-written-by-the-thread-that-ends-the-call.
 */
final class AppendedFile implements Closeable {

    private static final int BLOCK = 8192;

    /**
     * Files that this process has open. The lock alone does not do: the operating system gives it up as soon as the process
     * closes the file anywhere, as it would after a second attempt to open it.
     */
    private static final Set<Object> OPEN = new HashSet<>();

    private final RandomAccessFile file;
    private final Object key;
    private final long tornBytes;
    private long size;

    private AppendedFile(RandomAccessFile file, Object key) throws IOException {
        this.file = file;
        this.key = key;
        long length = file.length();
        this.size = endOfLastWholeLine(file, length);
        this.tornBytes = length - size;
        file.setLength(size);
        file.seek(size);
    }

    static AppendedFile open(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        synchronized (OPEN) {
            if (Files.exists(path) && OPEN.contains(keyOf(path))) {
                throw taken();
            }
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                if (tryLock(file) == null) {
                    throw taken();
                }
                AppendedFile opened = new AppendedFile(file, keyOf(path));
                OPEN.add(opened.key);
                return opened;
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }
    }

    private static IOException taken() {
        return new IOException("another writer has it — one writer a file — give each process a file of its own");
    }

    /** The identity of a file, independent of its name. */
    private static Object keyOf(Path path) throws IOException {
        return keyOf(path, attributes(path));
    }

    private static Object keyOf(Path path, BasicFileAttributes attributes) throws IOException {
        return attributes.fileKey() == null ? path.toRealPath() : attributes.fileKey();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static long endOfLastWholeLine(RandomAccessFile file, long length) throws IOException {
        byte[] block = new byte[BLOCK];
        long end = length;
        while (end > 0) {
            int count = (int) Math.min(BLOCK, end);
            file.seek(end - count);
            file.readFully(block, 0, count);
            for (int i = count - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return end - count + i + 1;
                }
            }
            end -= count;
        }
        return 0;
    }

    long tornBytes() {
        return tornBytes;
    }

    long size() {
        return size;
    }

    /** Returns true if a path still leads to this file at its known length: others move, delete and empty log files. */
    boolean isStillAt(Path path) {
        try {
            BasicFileAttributes there = attributes(path);
            return there.size() == size && keyOf(path, there).equals(key);
        } catch (IOException e) {
            return false;
        }
    }

    /** Appends a line, whole or not at all, as far as the file system lets us. */
    void append(byte[] line) throws IOException {
        try {
            file.write(line);
            size += line.length;
        } catch (IOException e) {
            // A full disk may have taken a part of it.
            file.setLength(size);
            file.seek(size);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            OPEN.remove(key);
            file.close();
        }
    }
}
