package dev.llmops.cost.ledger.internal.journal;

import dev.llmops.cost.ledger.entry.Durability;
import dev.llmops.cost.ledger.internal.store.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbered files that are only appended to, read in order, and deleted as a whole.
 *
 * <p>One thread writes and one reads. A write is all or nothing: what cannot be written whole is cut off again. After a
 * crash only the end of the last file can be torn, and only by entries that were never acknowledged; it is cut off when
 * the journal is opened. A new start begins a new file.
 *
 * <p>See docs/decisions/ledger.md#journal-first-then-the-database-always-by-way-of-the-file.
 */
public final class Journal implements Closeable {

    private final Path directory;
    private final long segmentBytes;
    private final long maxBytes;
    private final Durability durability;
    private final FileChannel lockFile;
    private final Duration keepCarried;
    private final Deque<Segment> segments = new ArrayDeque<>();
    /** Files that the database has, oldest first, kept in case it turns out to have lost them. */
    private final Deque<Carried> carried = new ArrayDeque<>();

    private final long recoveredFrames;
    private final long tornBytes;
    private long nextNumber;
    private @Nullable FileChannel writing;
    private boolean sealed;

    private Journal(Path directory, long segmentBytes, long maxBytes, Durability durability, Duration keepCarried)
            throws IOException {
        this.directory = PrivateFiles.createDirectories(directory);
        this.segmentBytes = segmentBytes;
        this.maxBytes = maxBytes;
        this.durability = durability;
        this.keepCarried = keepCarried;
        this.lockFile = lock(directory);
        JournalRecovery recovery = JournalRecovery.of(directory);
        segments.addAll(recovery.segments());
        this.recoveredFrames = recovery.frames();
        this.tornBytes = recovery.tornBytes();
        this.nextNumber = recovery.lastNumber() + 1;
    }

    /**
     * Opens the journal of a directory.
     *
     * @param keepCarried how long a file is kept after it was carried into the database
     */
    public static Journal open(
            Path directory, long segmentBytes, long maxBytes, Durability durability, Duration keepCarried)
            throws IOException {
        return new Journal(directory, segmentBytes, maxBytes, durability, keepCarried);
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel file = PrivateFiles.open(
                directory.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new IOException("the journal in " + directory
                    + " is in use by another ledger — one ledger a directory — give each its own");
        }
        return file;
    }

    /** Entries that were there when the journal was opened. */
    public long recoveredFrames() {
        return recoveredFrames;
    }

    /** Bytes of entries that were never acknowledged, cut off when the journal was opened. */
    long tornBytes() {
        return tornBytes;
    }

    /**
     * Appends frames; they are acknowledged when this returns.
     *
     * @throws IOException if nothing was written, because the disk or the journal is full, or for another reason
     */
    void write(Frames frames) throws IOException {
        if (bytes() + frames.size() > maxBytes && !makeRoom(frames.size())) {
            throw new IOException("the journal has reached its bound of " + maxBytes + " bytes");
        }
        FileChannel file = writing;
        if (file == null) {
            file = startSegment();
        }
        long end = newest().length;
        try {
            writeFully(file, frames.bytes(), end);
            force(file);
        } catch (IOException e) {
            cutOff(file, end);
            makeRoom(maxBytes);
            throw e;
        }
        synchronized (this) {
            newest().length += frames.size();
            notifyAll();
        }
        if (newest().length >= segmentBytes) {
            endSegment();
        }
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long start) throws IOException {
        long position = start;
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    private void force(FileChannel file) throws IOException {
        if (durability == Durability.DISK) {
            file.force(false);
        }
    }

    /** Truncates the file to its acknowledged frames; if that fails, the file is left and a new one is begun. */
    private void cutOff(FileChannel file, long end) throws IOException {
        try {
            file.truncate(end);
        } catch (IOException e) {
            endSegment();
        }
    }

    private FileChannel startSegment() throws IOException {
        Segment segment = Segment.begin(directory, nextNumber);
        FileChannel file = PrivateFiles.open(segment.file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            writeFully(file, ByteBuffer.wrap(Frames.FILE_HEADER), 0);
            force(file);
            forceDirectory();
        } catch (IOException e) {
            file.close();
            Files.deleteIfExists(segment.file);
            throw e;
        }
        segment.length = Frames.FILE_HEADER.length;
        synchronized (this) {
            segments.addLast(segment);
        }
        nextNumber++;
        writing = file;
        return file;
    }

    /** So that the file's name survives the loss of power too; Windows has no such call. */
    private void forceDirectory() throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && durability == Durability.DISK) {
            try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    private void endSegment() throws IOException {
        FileChannel file = writing;
        writing = null;
        synchronized (this) {
            newest().ended = true;
            notifyAll();
        }
        if (file != null) {
            file.close();
        }
    }

    private synchronized Segment newest() {
        return segments.getLast();
    }

    /** Ends the last file: nothing more will be written. */
    void seal() throws IOException {
        if (writing != null) {
            endSegment();
        }
        synchronized (this) {
            sealed = true;
            notifyAll();
        }
    }

    /** Returns the size of all files, in bytes. */
    synchronized long bytes() {
        return segments.stream().mapToLong(segment -> segment.length).sum()
                + carried.stream().mapToLong(done -> done.segment().length).sum();
    }

    /** Deletes files that the database has, the oldest first, until there is room; returns false if there is not enough. */
    private synchronized boolean makeRoom(long more) throws IOException {
        while (bytes() + more > maxBytes && !carried.isEmpty()) {
            Files.deleteIfExists(carried.removeFirst().segment().file);
        }
        return bytes() + more <= maxBytes;
    }

    /** The oldest file that has something beyond what was read of it, or has ended; waits for one. */
    synchronized @Nullable Segment awaitOldest(@Nullable Segment reading, long offset) throws InterruptedException {
        while (true) {
            Segment oldest = segments.peekFirst();
            if (oldest != null && (oldest != reading || oldest.length > offset || oldest.ended)) {
                return oldest;
            }
            if (oldest == null && sealed) {
                return null;
            }
            wait();
        }
    }

    synchronized Extent extent(Segment segment) {
        return new Extent(segment.length, segment.ended);
    }

    /** Gives up the oldest file, which the database has, and deletes those that were kept for long enough. */
    synchronized void carried(Segment segment, int entries) throws IOException {
        forget(segment);
        long now = System.nanoTime();
        carried.addLast(new Carried(segment, entries, now));
        while (!carried.isEmpty() && now - carried.getFirst().atNanos() >= keepCarried.toNanos()) {
            Files.deleteIfExists(carried.removeFirst().segment().file);
        }
    }

    synchronized boolean hasCarried() {
        return !carried.isEmpty();
    }

    /** Puts the files that were kept before those that wait, to be carried again; returns how many entries they hold. */
    synchronized int reopenCarried() {
        int entries = carried.stream().mapToInt(Carried::entries).sum();
        while (!carried.isEmpty()) {
            segments.addFirst(carried.removeLast().segment());
        }
        return entries;
    }

    /** Keeps a file that could not be read in full, under a name of its own. */
    Path setAside(Segment segment) throws IOException {
        String name = segment.file.getFileName() + ".damaged";
        Path aside = segment.file.resolveSibling(name);
        for (int i = 2; Files.exists(aside); i++) { // numbers begin again when no file is left
            aside = segment.file.resolveSibling(name + "." + i);
        }
        Files.move(segment.file, aside);
        forget(segment);
        return aside;
    }

    private synchronized void forget(Segment segment) {
        segments.remove(segment);
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** The readable length of a file, and whether the file has ended. */
    record Extent(long length, boolean ended) {}

    /** A file that the database has, with its entries and the instant at which they were there. */
    private record Carried(Segment segment, int entries, long atNanos) {}

    /** A file; its length is that of its acknowledged frames. */
    static final class Segment {

        private static final String SUFFIX = ".journal";

        final Path file;
        private long length;
        private boolean ended;

        private Segment(Path file, long length, boolean ended) {
            this.file = file;
            this.length = length;
            this.ended = ended;
        }

        static Segment begin(Path directory, long number) {
            return new Segment(directory.resolve(String.format(Locale.ROOT, "%016d", number) + SUFFIX), 0, false);
        }

        static Segment ofEarlierRun(Path file, long length) {
            return new Segment(file, length, true);
        }

        static boolean isName(String name) {
            return name.endsWith(SUFFIX);
        }

        static long number(Path file) {
            String name = file.getFileName().toString();
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        }
    }
}
