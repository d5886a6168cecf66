package dev.llmops.release.internal.records;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records one behind the other, in chunks that stay in memory or go to a file. Thread-safe. */
final class Partition {

    private static final int SMALLEST_CHUNK = 1 << 10;
    private static final int CHUNK = 1 << 14;
    private static final int LONGEST_LENGTHS = 10;

    /** Bytes in memory, or their place in the file. */
    private static final class Chunk {
        private final byte @Nullable [] bytes;
        private final long at;
        private final int length;

        Chunk(byte @Nullable [] bytes, long at, int length) {
            this.bytes = bytes;
            this.at = at;
            this.length = length;
        }
    }

    private final Scratch scratch;
    private final List<Chunk> chunks = new ArrayList<>();
    private byte[] current = new byte[0];
    private int used;
    private long bytes;

    Partition(Scratch scratch) {
        this.scratch = scratch;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized void add(byte[] key, int keyAt, int keyLength, byte[] body, int bodyAt, int bodyLength) {
        int most = LONGEST_LENGTHS + keyLength + bodyLength;
        if (current.length - used < most) {
            seal(most);
        }
        int start = used;
        used = RecordWriter.whole(current, used, keyLength);
        used = RecordWriter.whole(current, used, bodyLength);
        System.arraycopy(key, keyAt, current, used, keyLength);
        System.arraycopy(body, bodyAt, current, used + keyLength, bodyLength);
        used += keyLength + bodyLength;
        bytes += used - start;
    }

    private void seal(int room) {
        int next = Math.max(room, Math.min(CHUNK, Math.max(SMALLEST_CHUNK, 4 * current.length)));
        push();
        if (current.length < next) {
            current = new byte[next];
        }
    }

    private void push() {
        if (used > 0 && scratch.takesMemory(used)) {
            chunks.add(new Chunk(Arrays.copyOf(current, used), 0, used));
        } else if (used > 0) {
            chunks.add(new Chunk(null, scratch.write(current, used), used));
        }
        used = 0;
    }

    /** Gives the bytes in slices, each of whole records and of a chunk more than so many bytes at most. */
    synchronized void slices(long most, Consumer<byte[]> reader) {
        push();
        for (int from = 0; from < chunks.size(); ) {
            long length = 0;
            int to = from;
            while (to < chunks.size() && length <= most) {
                length += chunks.get(to++).length;
            }
            byte[] slice = new byte[Math.toIntExact(length)];
            int at = 0;
            for (Chunk chunk : chunks.subList(from, to)) {
                read(chunk, slice, at);
                at += chunk.length;
            }
            reader.accept(slice);
            from = to;
        }
    }

    private void read(Chunk chunk, byte[] to, int at) {
        if (chunk.bytes == null) {
            scratch.read(chunk.at, to, at, chunk.length);
        } else {
            System.arraycopy(chunk.bytes, 0, to, at, chunk.length);
        }
    }

    /** Forgets the records. */
    synchronized void clear() {
        for (Chunk chunk : chunks) {
            if (chunk.bytes != null) {
                scratch.givesBack(chunk.length);
            }
        }
        chunks.clear();
        current = new byte[0];
        used = 0;
        bytes = 0;
    }
}
