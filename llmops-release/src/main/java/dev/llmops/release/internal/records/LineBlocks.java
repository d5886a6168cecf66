package dev.llmops.release.internal.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Cuts a stream of bytes into blocks of whole lines. Thread-safe; a block is its reader's until it asks for the next. */
public final class LineBlocks {

    private static final int SMALLEST = 1 << 14;
    private static final int LARGEST = 1 << 20;

    private final InputStream in;
    private int size = SMALLEST;
    private byte[] begun = new byte[0];
    private long offset;
    private boolean isAtEnd;

    /** Lines one behind the other. */
    public static final class Block {

        private byte[] bytes = new byte[0];
        private int length;
        private long offset;

        /** Makes an empty block. */
        public Block() {}

        /**
         * Adds a line, and an end of line after it.
         *
         * @param line the line
         */
        public void add(byte[] line) {
            if (bytes.length - length <= line.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + line.length + 1));
            }
            System.arraycopy(line, 0, bytes, length, line.length);
            length += line.length;
            bytes[length++] = '\n';
        }

        /**
         * Returns true if the block is as large as it should become.
         *
         * @return true from a mebibyte on
         */
        public boolean isFull() {
            return length >= LARGEST;
        }

        /** Begins the next block behind this one. */
        public void goOn() {
            offset += length;
            length = 0;
        }

        /**
         * Returns the bytes.
         *
         * @return the bytes, of which some may not belong to the block
         */
        public byte[] bytes() {
            return bytes;
        }

        /**
         * Returns how many bytes belong to the block.
         *
         * @return the end of its last line
         */
        public int length() {
            return length;
        }

        /**
         * Returns where the block stands in the stream.
         *
         * @return the bytes before it
         */
        public long offset() {
            return offset;
        }
    }

    /**
     * Reads a stream.
     *
     * @param in the stream; not closed
     * @param offset of the first block
     */
    public LineBlocks(InputStream in, long offset) {
        this.in = in;
        this.offset = offset;
    }

    /**
     * Returns the offset of the next block.
     *
     * @return more than that of any block before
     */
    public synchronized long offset() {
        return offset;
    }

    /**
     * Reads the next lines.
     *
     * @param into takes them in place of what it held
     * @return false if there are none
     * @throws UncheckedIOException if the stream cannot be read
     */
    public synchronized boolean next(Block into) {
        if (isAtEnd) {
            return false;
        }
        try {
            fill(into);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the call log", e);
        }
        into.offset = offset;
        offset += into.length;
        size = Math.min(LARGEST, 4 * size);
        return into.length > 0;
    }

    /** Ends the blocks early; other threads get no more. */
    public synchronized void stop() {
        isAtEnd = true;
    }

    private void fill(Block into) throws IOException {
        byte[] bytes = into.bytes.length >= Math.max(size, begun.length + 1)
                ? into.bytes
                : new byte[Math.max(size, 2 * begun.length)];
        System.arraycopy(begun, 0, bytes, 0, begun.length);
        int length = begun.length;
        int end = 0;
        while (end == 0 && !isAtEnd) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, length));
            }
            int read = in.readNBytes(bytes, length, bytes.length - length);
            isAtEnd = read < bytes.length - length;
            length += read;
            end = isAtEnd ? length : endOfLines(bytes, length - read, length);
        }
        begun = Arrays.copyOfRange(bytes, end, length);
        into.bytes = bytes;
        into.length = end;
    }

    private static int endOfLines(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && !isEnd(bytes[end - 1])) {
            end--;
        }
        return end > from ? end : 0;
    }

    /**
     * Returns true if a byte ends a line.
     *
     * @param value the byte
     * @return true for a line feed and for a carriage return
     */
    public static boolean isEnd(byte value) {
        return value == '\n' || value == '\r';
    }
}
