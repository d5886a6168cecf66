package dev.llmops.cost.accounting;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A key with the 128 bits that stand for it.
 *
 * <p>Rows are found by these bits alone, because comparing the key itself would cost another access to memory that is
 * rarely in a cache. They depend on a secret, so no caller can choose keys that share them; of a million keys, two do so by
 * chance with a probability of about 10⁻²⁷.
 *
 * <p>See docs/decisions/cost.md#accounts-are-found-by-128-keyed-bits-instead-of-comparing-keys.
 */
final class AccountKey {

    private static final long FIRST_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SECOND_FACTOR = 0xD1B54A32D192ED03L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] bytes;

    /** Never 0, which marks a free row. */
    final long first;

    final long second;

    AccountKey(String text, long secret) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
        long a = secret ^ bytes.length;
        long b = Long.rotateLeft(secret, Integer.SIZE) + bytes.length;
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            long word = word(i);
            a = mixed((a ^ word) * FIRST_FACTOR);
            b = mixed((b + word) * SECOND_FACTOR);
        }
        first = mixed(a * SECOND_FACTOR) | 1;
        second = mixed((b ^ a) * FIRST_FACTOR);
    }

    private static long mixed(long bits) {
        return bits ^ (bits >>> 29);
    }

    private long word(int offset) {
        if (offset + Long.BYTES <= bytes.length) {
            return (long) LONGS.get(bytes, offset);
        }
        long word = 0;
        for (int i = bytes.length - 1; i >= offset; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return word;
    }

    /** Returns the stripe that the key belongs to, of a power of two of them. */
    int stripe(int stripes) {
        return (int) second & (stripes - 1);
    }
}
