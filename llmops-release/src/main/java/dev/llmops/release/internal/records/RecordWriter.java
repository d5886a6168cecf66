package dev.llmops.release.internal.records;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record into bytes. Equal values give equal bytes, so that keys are compared as bytes. Not thread-safe.
 */
public final class RecordWriter {

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The text is null. */
    static final int NULL = 0;
    /** The text is a UUID in its usual form: 16 bytes. */
    static final int ID = 1;
    /** The text is 16 lower-case hexadecimal digits: 8 bytes. */
    static final int HEX = 2;
    /** From here on, 2 · length + 1 where characters take two bytes each. */
    static final int PLAIN = 3;

    private static final int ID_LENGTH = 36;
    private static final int HEX_LENGTH = 16;

    private final Words words;
    private byte[] bytes = new byte[512];
    private int length;

    /**
     * Makes an empty record.
     *
     * @param words the numbers of words, the reader's too
     */
    public RecordWriter(Words words) {
        this.words = words;
    }

    /**
     * Forgets what was written.
     *
     * @return this writer
     */
    public RecordWriter clear() {
        length = 0;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * Returns how much was written.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /**
     * Writes eight bytes.
     *
     * @param value the value
     */
    public void fixed(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /**
     * Writes a number with all its bits.
     *
     * @param value the value
     */
    public void number(double value) {
        fixed(Double.doubleToRawLongBits(value));
    }

    /**
     * Writes a whole number that is small most of the time.
     *
     * @param value the value; a negative one takes ten bytes
     */
    public void whole(long value) {
        ensure(10);
        length = whole(bytes, length, value);
    }

    static int whole(byte[] to, int at, long value) {
        int next = at;
        long left = value;
        while ((left & ~0x7FL) != 0) {
            to[next++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        to[next++] = (byte) left;
        return next;
    }

    /**
     * Writes a text that comes again and again.
     *
     * @param word the text
     */
    public void word(@Nullable String word) {
        int number = word == null ? -1 : words.numberOf(word);
        whole(number + 1L);
        if (number < 0) {
            text(word);
        }
    }

    /**
     * Writes a text.
     *
     * @param text any text
     */
    public void text(@Nullable String text) {
        if (text == null) {
            whole(NULL);
        } else if (!isId(text) && !isHex(text)) {
            plain(text);
        }
    }

    private boolean isId(String text) {
        if (text.length() != ID_LENGTH || text.charAt(8) != '-' || text.charAt(13) != '-') {
            return false;
        }
        if (text.charAt(18) != '-' || text.charAt(23) != '-') {
            return false;
        }
        long first = digits(text, 0, 8);
        long second = digits(text, 9, 13);
        long third = digits(text, 14, 18);
        long fourth = digits(text, 19, 23);
        long high = digits(text, 24, 28);
        long low = digits(text, 28, 36);
        if ((first | second | third | fourth | high | low) < 0) {
            return false;
        }
        whole(ID);
        fixed(first << 32 | second << 16 | third);
        fixed(fourth << 48 | high << 32 | low);
        return true;
    }

    private boolean isHex(String text) {
        if (text.length() != HEX_LENGTH) {
            return false;
        }
        long high = digits(text, 0, 8);
        long low = digits(text, 8, 16);
        if ((high | low) < 0) {
            return false;
        }
        whole(HEX);
        fixed(high << 32 | low);
        return true;
    }

    /** Lower-case hexadecimal digits, at most eight; negative where there is another character. */
    private static long digits(String text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private void plain(String text) {
        boolean isNarrow = text.chars().allMatch(c -> c < 0x100);
        whole(PLAIN + 2L * text.length() + (isNarrow ? 0 : 1));
        ensure(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isNarrow) {
                bytes[length++] = (byte) (c >> 8);
            }
            bytes[length++] = (byte) c;
        }
    }

    /**
     * Copies bytes.
     *
     * @param from the bytes
     * @param offset of the first one
     * @param count how many
     */
    public void copy(byte[] from, int offset, int count) {
        ensure(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /**
     * Copies what another writer wrote, behind its length.
     *
     * @param other the other writer
     */
    public void part(RecordWriter other) {
        whole(other.length);
        copy(other.bytes, 0, other.length);
    }
}
