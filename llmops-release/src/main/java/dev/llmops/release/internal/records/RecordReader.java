package dev.llmops.release.internal.records;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordWriter} wrote. Not thread-safe. */
public final class RecordReader {

    private final Words words;
    private byte[] bytes = new byte[0];
    private int at;

    /**
     * Makes a reader.
     *
     * @param words the numbers of words, the writer's too
     */
    public RecordReader(Words words) {
        this.words = words;
    }

    /**
     * Begins to read.
     *
     * @param from the bytes
     * @param offset of the first one
     * @return this reader
     */
    public RecordReader at(byte[] from, int offset) {
        bytes = from;
        at = offset;
        return this;
    }

    /**
     * Returns where it reads next.
     *
     * @return an offset in the bytes
     */
    public int offset() {
        return at;
    }

    /**
     * Leaves bytes out.
     *
     * @param count how many
     */
    public void skip(int count) {
        at += count;
    }

    /**
     * Reads eight bytes.
     *
     * @return the value
     */
    public long fixed() {
        long value = (long) RecordWriter.LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    /**
     * Reads a number.
     *
     * @return the value
     */
    public double number() {
        return Double.longBitsToDouble(fixed());
    }

    /**
     * Reads a whole number.
     *
     * @return the value
     */
    public long whole() {
        long value = 0;
        int shift = 0;
        byte next = bytes[at++];
        while (next < 0) {
            value |= (next & 0x7FL) << shift;
            shift += 7;
            next = bytes[at++];
        }
        return value | (long) next << shift;
    }

    /**
     * Reads a text that comes again and again.
     *
     * @return the text
     */
    public String word() {
        int number = (int) whole() - 1;
        return Objects.requireNonNullElse(number < 0 ? text() : words.word(number), "");
    }

    /**
     * Reads a text.
     *
     * @return the text, or null
     */
    public @Nullable String text() {
        int kind = (int) whole();
        return switch (kind) {
            case RecordWriter.NULL -> null;
            case RecordWriter.ID -> new UUID(fixed(), fixed()).toString();
            case RecordWriter.HEX -> HexFormat.of().toHexDigits(fixed());
            default -> plain((kind - RecordWriter.PLAIN) / 2, (kind - RecordWriter.PLAIN) % 2 == 0);
        };
    }

    /**
     * Compares the next text with another reader's, as their characters are ordered. Where they are afterwards is undefined.
     *
     * @param other the other reader
     * @return as of {@link String#compareTo}
     */
    public int compareText(RecordReader other) {
        if (bytes[at] == RecordWriter.ID && other.bytes[other.at] == RecordWriter.ID) {
            return Arrays.compareUnsigned(
                    bytes, at, at + 1 + 2 * Long.BYTES, other.bytes, other.at, other.at + 1 + 2 * Long.BYTES);
        }
        return String.valueOf(text()).compareTo(String.valueOf(other.text()));
    }

    /** Character by character, so that halves of surrogate pairs come back as they were. */
    private String plain(int length, boolean isNarrow) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            int high = isNarrow ? 0 : (bytes[at++] & 0xFF) << 8;
            text[i] = (char) (high | (bytes[at++] & 0xFF));
        }
        return new String(text);
    }
}
