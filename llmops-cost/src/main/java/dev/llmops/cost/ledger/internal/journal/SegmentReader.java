package dev.llmops.cost.ledger.internal.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one segment in order. */
final class SegmentReader implements Closeable {

    private static final int WINDOW = 256 * 1024;

    private final FileChannel channel;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    /** The position of the next frame in the file. */
    private long offset;

    SegmentReader(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    long offset() {
        return offset;
    }

    /**
     * Reads the next payload, which must end by the limit.
     *
     * @return the payload, or null at the limit
     * @throws DamagedFrameException if the bytes up to the limit are no whole frame
     */
    byte @Nullable [] next(long limit) throws IOException {
        if (offset == 0) {
            skipFileHeader(limit);
        }
        if (offset == limit) {
            return null;
        }
        if (!load(Frames.FRAME_HEADER, limit)) {
            throw new DamagedFrameException(offset);
        }
        int length = window.getInt(window.position());
        int checksum = window.getInt(window.position() + 4);
        boolean whole = length > 0 && length <= Frames.MAX_PAYLOAD && load(Frames.FRAME_HEADER + length, limit);
        int start = window.position() + Frames.FRAME_HEADER;
        if (!whole || Frames.checksum(length, window.array(), start) != checksum) {
            throw new DamagedFrameException(offset);
        }
        advance(Frames.FRAME_HEADER + length);
        return Arrays.copyOfRange(window.array(), start, start + length);
    }

    private void skipFileHeader(long limit) throws IOException {
        int length = Frames.FILE_HEADER.length;
        if (!load(length, limit) || !Arrays.equals(window.array(), 0, length, Frames.FILE_HEADER, 0, length)) {
            throw new DamagedFrameException(0);
        }
        advance(length);
    }

    private void advance(int bytes) {
        window.position(window.position() + bytes);
        offset += bytes;
    }

    /** Makes the next bytes available; false when the file or the limit ends before. */
    private boolean load(int bytes, long limit) throws IOException {
        if (offset + bytes > limit) {
            return false;
        }
        if (window.remaining() >= bytes) {
            return true;
        }
        if (window.capacity() < bytes) {
            window = ByteBuffer.allocate(bytes).put(window).flip();
        }
        window.compact();
        while (window.hasRemaining() && channel.read(window, offset + window.position()) > 0) {
            // until the window is full or the file ends
        }
        window.flip();
        return window.remaining() >= bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
