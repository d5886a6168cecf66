package dev.llmops.logging;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A locked file that always ends in a whole line. Not thread-safe.
 *
 * <p>A random-access file and not a channel, since a channel is closed by the interruption of whatever thread happens to
 * log.
 */
final class AppendedFile implements Closeable {

    private static final int BLOCK = 8192;

    private final RandomAccessFile file;
    private final long tornBytes;
    private long size;

    private AppendedFile(RandomAccessFile file) throws IOException {
        this.file = file;
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
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (tryLock(file) == null) {
                throw new IOException("another writer has it; give each process a file of its own");
            }
            return new AppendedFile(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
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
        file.close();
    }
}
