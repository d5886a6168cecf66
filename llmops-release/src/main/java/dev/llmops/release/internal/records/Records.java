package dev.llmops.release.internal.records;

import java.util.Arrays;

/**
 * Some of many records in bytes: those of one key, while a group is read. Not thread-safe.
 */
public final class Records {

    /** Bits of the hash by which records are sorted; the other bits are the record's number. */
    private static final int HASH_BITS = 36;

    private static final int NUMBER_BITS = Long.SIZE - 1 - HASH_BITS;
    private static final long NUMBERS = (1L << NUMBER_BITS) - 1;
    private static final long HASHES = (1L << HASH_BITS) - 1;

    private static final long[] NONE = {};

    private final byte[] bytes;
    private int[] starts = new int[16];
    private int[] selected = new int[16];
    private int size;

    private int keyAt;
    private int keyLength;
    private int bodyLength;

    Records(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns how many records have the key.
     *
     * @return at least 1
     */
    public int size() {
        return size;
    }

    /**
     * Returns the bytes of which the records are parts.
     *
     * @return the bytes, not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Goes to a record.
     *
     * @param record its number, from 0
     */
    public void select(int record) {
        goTo(selected[record]);
    }

    /**
     * Returns where the key of the record begins.
     *
     * @return an offset in the bytes
     */
    public int keyOffset() {
        return keyAt;
    }

    /**
     * Returns the length of the record's key.
     *
     * @return bytes
     */
    public int keyLength() {
        return keyLength;
    }

    /**
     * Returns where the body of the record begins.
     *
     * @return an offset in the bytes
     */
    public int offset() {
        return keyAt + keyLength;
    }

    /**
     * Returns the length of the record's body.
     *
     * @return bytes
     */
    public int length() {
        return bodyLength;
    }

    private int goTo(int start) {
        int at = start;
        keyLength = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            keyLength |= (next & 0x7F) << shift;
            if (next >= 0) {
                break;
            }
        }
        bodyLength = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            bodyLength |= (next & 0x7F) << shift;
            if (next >= 0) {
                break;
            }
        }
        keyAt = at;
        return at + keyLength + bodyLength;
    }

    /** Selects the records of one key after the other. */
    void eachGroup(RecordGroups.Group group) {
        long[] order = order();
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && order[to] >>> NUMBER_BITS == order[from] >>> NUMBER_BITS) {
                to++;
            }
            eachKey(order, from, to, group);
            from = to;
        }
    }

    private long[] order() {
        int count = 0;
        for (int at = 0; at < bytes.length; ) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = at;
            at = goTo(at);
        }
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            goTo(starts[i]);
            long hash = RecordGroups.hash(bytes, keyAt, keyLength) & HASHES;
            order[i] = (hash << NUMBER_BITS) | i;
        }
        Arrays.sort(order);
        return order;
    }

    /** Records of one hash have one key, nearly always. */
    private void eachKey(long[] order, int from, int to, RecordGroups.Group group) {
        if (selected.length < to - from) {
            selected = new int[Math.max(to - from, 2 * selected.length)];
        }
        long[] others = NONE;
        size = 0;
        goTo(starts[(int) (order[from] & NUMBERS)]);
        int firstKey = keyAt;
        int firstEnd = keyAt + keyLength;
        for (int i = from; i < to; i++) {
            int start = starts[(int) (order[i] & NUMBERS)];
            goTo(start);
            if (Arrays.equals(bytes, keyAt, keyAt + keyLength, bytes, firstKey, firstEnd)) {
                selected[size++] = start;
            } else {
                others = others == NONE ? new long[to - from] : others;
                others[i - from - size] = order[i];
            }
        }
        int left = to - from - size;
        group.accept(this);
        if (left > 0) {
            eachKey(others, 0, left, group);
        }
    }
}
