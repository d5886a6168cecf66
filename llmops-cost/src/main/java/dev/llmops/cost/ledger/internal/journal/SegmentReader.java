package dev.llmops.cost.ledger.internal.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one segment in order. Bytes that are no whole frame are skipped up to the next one, and counted.
 *
 * <p>See docs/decisions/ledger.md#damage-is-skipped-up-to-the-next-frame-that-has-its-checksum.
 */
final class SegmentReader implements Closeable {

    /** Room for two of the longest frames, so that a search does not move the same bytes again and again. */
    private static final int WINDOW = 2 * (Frames.FRAME_HEADER + Frames.MAX_PAYLOAD);

    private static final int NONE = -1;

    private final FileChannel channel;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    /** The position of the next frame in the file. */
    private long offset;

    private long wholeBytes;
    private long damagedBytes;
    private int damagedPlaces;

    SegmentReader(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    long offset() {
        return offset;
    }

    /** Returns the end of the last whole frame that was read. */
    long wholeBytes() {
        return wholeBytes;
    }

    /** Returns how many bytes were skipped because they are no whole frame. */
    long damagedBytes() {
        return damagedBytes;
    }

    /** Returns how many times bytes were skipped; each time at least one frame was lost, or the file's header. */
    int damagedPlaces() {
        return damagedPlaces;
    }

    /**
     * Reads the next whole frame that ends by the limit.
     *
     * @return its payload, or null at the limit
     */
    byte @Nullable [] next(long limit) throws IOException {
        if (offset == 0) {
            skipFileHeader(limit);
        }
        int length = lengthOfFrame(limit);
        if (length == NONE && offset < limit) {
            long start = offset;
            length = search(limit);
            damagedBytes += offset - start;
            damagedPlaces++;
        }
        if (length == NONE) {
            return null;
        }
        int start = window.position() + Frames.FRAME_HEADER;
        advance(Frames.FRAME_HEADER + length);
        wholeBytes = offset;
        return Arrays.copyOfRange(window.array(), start, start + length);
    }

    private void skipFileHeader(long limit) throws IOException {
        int length = Frames.FILE_HEADER.length;
        if (load(length, limit) && Arrays.equals(window.array(), 0, length, Frames.FILE_HEADER, 0, length)) {
            advance(length);
        }
    }

    /** Returns the length of the payload if the next bytes are a whole frame. */
    private int lengthOfFrame(long limit) throws IOException {
        if (!load(Frames.FRAME_HEADER, limit)) {
            return NONE;
        }
        int length = window.getInt(window.position());
        int checksum = window.getInt(window.position() + 4);
        boolean whole = length > 0 && length <= Frames.MAX_PAYLOAD && load(Frames.FRAME_HEADER + length, limit);
        int start = window.position() + Frames.FRAME_HEADER;
        return whole && Frames.checksum(length, window.array(), start) == checksum ? length : NONE;
    }

    /** Goes on to the next whole frame and returns the length of its payload, or goes on to the limit. */
    private int search(long limit) throws IOException {
        while (load(1, limit)) {
            advance(1);
            int length = mayBeFrame(limit) ? lengthOfFrame(limit) : NONE;
            if (length != NONE) {
                return length;
            }
        }
        window.limit(window.position());
        offset = limit;
        return NONE;
    }

    /** Returns false where a checksum is not worth its time: the JSON in a frame begins with a brace and holds no zero byte. */
    private boolean mayBeFrame(long limit) throws IOException {
        if (!load(Frames.FRAME_HEADER + 1, limit)) {
            return false;
        }
        int length = window.getInt(window.position());
        if (length <= 0
                || length > Frames.MAX_PAYLOAD
                || window.get(window.position() + Frames.FRAME_HEADER) != '{'
                || !load(Frames.FRAME_HEADER + length, limit)) {
            return false;
        }
        int start = window.position() + Frames.FRAME_HEADER;
        for (int i = start; i < start + length; i++) {
            if (window.get(i) == 0) {
                return false;
            }
        }
        return true;
    }

    private void advance(int bytes) {
        window.position(window.position() + bytes);
        offset += bytes;
    }

    /**
     * Makes the next bytes available; false when the file or the limit ends before. Nothing beyond the limit is read, where a
     * write may be under way.
     */
    private boolean load(int bytes, long limit) throws IOException {
        if (offset + bytes > limit) {
            return false;
        }
        if (window.remaining() < bytes) {
            window.compact().limit((int) Math.min(WINDOW, limit - offset));
            while (window.hasRemaining() && channel.read(window, offset + window.position()) > 0) {
                // until the window is full or the file ends
            }
            window.flip();
        }
        return window.remaining() >= bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
