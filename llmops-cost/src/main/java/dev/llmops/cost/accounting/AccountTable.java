package dev.llmops.cost.accounting;

import dev.llmops.core.CostState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Totals by key in little memory: one stripe of a view, in one currency.
 *
 * <p>A row is a run of longs in a chunk: the key's hash, the amount, the counters, then the key itself as UTF-8, so that
 * finding and updating a row touches two places in memory, the index and the row. The index is an open-addressing table
 * of one long a slot, half hash and half position. A user with an id of 36 characters takes 136 bytes and 11 to 21 bytes
 * of index.
 *
 * <p>An amount is a whole number of 10⁻¹⁸ in 128 bits, which is exact for amounts of up to 18 decimals; what an amount
 * has beyond them is kept beside the rows, as a decimal. All methods synchronise on the table.
 */
final class AccountTable {

    static final int AMOUNT_SCALE = 18;

    private static final int HASH = 0;
    private static final int AMOUNT_HIGH = 1;
    private static final int AMOUNT_LOW = 2;
    private static final int INPUT_TOKENS = 3;
    private static final int OUTPUT_TOKENS = 4;
    private static final int SUCCESSES = 5;
    private static final int FIRST_STATE = 6;
    private static final CostState[] STATES = CostState.values();
    private static final int KEY_LENGTH = FIRST_STATE + STATES.length;
    private static final int KEY = KEY_LENGTH + 1;

    private static final int CHUNK = 1 << 12;
    private static final int INITIAL_SLOTS = 64;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[] POWERS_OF_TEN = new long[AMOUNT_SCALE + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i <= AMOUNT_SCALE; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private final List<long[]> chunks = new ArrayList<>();
    private int nextFree = CHUNK;

    /** High half: hash; low half: position of the row plus one, 0 for an empty slot. */
    private long[] slots = new long[INITIAL_SLOTS];

    private int rows;
    private final Map<Integer, BigDecimal> finerThanScale = new HashMap<>(0);

    /** A key as it is hashed and stored. */
    static final class Key {
        private final byte[] bytes;
        private final long hash;

        Key(String text, long secret) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
            long h = secret ^ bytes.length;
            for (int i = 0; i < bytes.length; i += Long.BYTES) {
                h = (h ^ word(bytes, i)) * 0x9E3779B97F4A7C15L;
                h ^= h >>> 29;
            }
            hash = (h * 0xBF58476D1CE4E5B9L) ^ (h >>> 32);
        }

        int stripe(int stripes) {
            return (int) (hash >>> 1) & (stripes - 1);
        }
    }

    private static long word(byte[] bytes, int offset) {
        if (offset + Long.BYTES <= bytes.length) {
            return (long) LONGS.get(bytes, offset);
        }
        long word = 0;
        for (int i = bytes.length - 1; i >= offset; i--) {
            word = (word << 8) | (bytes[i] & 0xFF);
        }
        return word;
    }

    /** One call: what a row is increased by. */
    record Entry(@Nullable BigDecimal amount, CostState state, long inputTokens, long outputTokens, boolean success) {}

    /**
     * Adds a call to the row of a key.
     *
     * @return −1 if there is no such row and none may be made, 0 if there was one, 1 if it was made
     */
    synchronized int add(Key key, Entry entry, boolean mayGrow) {
        int position = find(key);
        int made = 0;
        if (position < 0) {
            if (!mayGrow) {
                return -1;
            }
            position = insert(key);
            made = 1;
        }
        long[] chunk = chunks.get(position / CHUNK);
        int row = position % CHUNK;
        addAmount(position, chunk, row, entry.amount);
        chunk[row + INPUT_TOKENS] += entry.inputTokens;
        chunk[row + OUTPUT_TOKENS] += entry.outputTokens;
        chunk[row + SUCCESSES] += entry.success ? 1 : 0;
        chunk[row + FIRST_STATE + indexOf(entry.state)]++;
        return made;
    }

    private static int indexOf(CostState state) {
        int index = 0;
        while (STATES[index] != state) {
            index++;
        }
        return index;
    }

    private void addAmount(int position, long[] chunk, int row, @Nullable BigDecimal amount) {
        if (amount == null || amount.signum() == 0) {
            return;
        }
        int scale = amount.scale();
        BigInteger unscaled = amount.unscaledValue();
        if (scale >= 0 && scale <= AMOUNT_SCALE && unscaled.bitLength() < Long.SIZE) {
            long value = unscaled.longValue();
            long factor = POWERS_OF_TEN[AMOUNT_SCALE - scale];
            add(chunk, row, Math.multiplyHigh(value, factor), value * factor);
            return;
        }
        BigInteger whole = amount.movePointRight(AMOUNT_SCALE).toBigInteger();
        boolean fits = whole.bitLength() < 2 * Long.SIZE - 1;
        BigDecimal taken = fits ? new BigDecimal(whole, AMOUNT_SCALE) : BigDecimal.ZERO;
        if (fits) {
            add(chunk, row, whole.shiftRight(Long.SIZE).longValue(), whole.longValue());
        }
        if (amount.compareTo(taken) != 0) {
            finerThanScale.merge(position, amount.subtract(taken), BigDecimal::add);
        }
    }

    private static void add(long[] chunk, int row, long high, long low) {
        long sum = chunk[row + AMOUNT_LOW] + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        chunk[row + AMOUNT_LOW] = sum;
        chunk[row + AMOUNT_HIGH] += high + carry;
    }

    private int find(Key key) {
        int mask = slots.length - 1;
        int tag = (int) (key.hash >>> Integer.SIZE);
        for (int slot = (int) (key.hash >>> 7) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int position = (int) slots[slot] - 1;
            if ((int) (slots[slot] >>> Integer.SIZE) == tag && isAt(position, key)) {
                return position;
            }
        }
        return -1;
    }

    private boolean isAt(int position, Key key) {
        long[] chunk = chunks.get(position / CHUNK);
        int row = position % CHUNK;
        if (chunk[row + HASH] != key.hash || chunk[row + KEY_LENGTH] != key.bytes.length) {
            return false;
        }
        for (int i = 0; i < key.bytes.length; i += Long.BYTES) {
            if (chunk[row + KEY + i / Long.BYTES] != word(key.bytes, i)) {
                return false;
            }
        }
        return true;
    }

    private int insert(Key key) {
        int words = KEY + (key.bytes.length + Long.BYTES - 1) / Long.BYTES;
        if (nextFree + words > CHUNK) {
            chunks.add(new long[CHUNK]);
            nextFree = 0;
        }
        long[] chunk = chunks.get(chunks.size() - 1);
        int row = nextFree;
        nextFree += words;
        chunk[row + HASH] = key.hash;
        chunk[row + KEY_LENGTH] = key.bytes.length;
        for (int i = 0; i < key.bytes.length; i += Long.BYTES) {
            chunk[row + KEY + i / Long.BYTES] = word(key.bytes, i);
        }
        int position = (chunks.size() - 1) * CHUNK + row;
        if (++rows * 4 > slots.length * 3) {
            enlarge();
        }
        put(slots, key.hash, position);
        return position;
    }

    private static void put(long[] slots, long hash, int position) {
        int mask = slots.length - 1;
        int slot = (int) (hash >>> 7) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = ((hash >>> Integer.SIZE) << Integer.SIZE) | (position + 1);
    }

    private void enlarge() {
        long[] larger = new long[slots.length * 2];
        for (long slot : slots) {
            if (slot != 0) {
                int position = (int) slot - 1;
                put(larger, chunks.get(position / CHUNK)[position % CHUNK + HASH], position);
            }
        }
        slots = larger;
    }

    /** The totals of one key, or null. */
    synchronized @Nullable AccountTotals totals(Key key, String currency) {
        int position = find(key);
        return position < 0 ? null : totals(position, currency);
    }

    /** Hands out every key with its totals. */
    synchronized void forEach(String currency, BiConsumer<String, AccountTotals> consumer) {
        for (long slot : slots) {
            if (slot != 0) {
                int position = (int) slot - 1;
                consumer.accept(key(position), totals(position, currency));
            }
        }
    }

    private AccountTotals totals(int position, String currency) {
        long[] chunk = chunks.get(position / CHUNK);
        int row = position % CHUNK;
        long calls = 0;
        Map<CostState, Long> states = new EnumMap<>(CostState.class);
        for (int i = 0; i < STATES.length; i++) {
            states.put(STATES[i], chunk[row + FIRST_STATE + i]);
            calls += chunk[row + FIRST_STATE + i];
        }
        BigInteger high = BigInteger.valueOf(chunk[row + AMOUNT_HIGH]).shiftLeft(Long.SIZE);
        BigInteger low = new BigInteger(Long.toUnsignedString(chunk[row + AMOUNT_LOW]));
        BigDecimal amount =
                new BigDecimal(high.add(low), AMOUNT_SCALE).add(finerThanScale.getOrDefault(position, BigDecimal.ZERO));
        boolean priced = calls > chunk[row + FIRST_STATE + indexOf(CostState.UNPRICED)];
        return new AccountTotals(
                priced ? Map.of(currency, plain(amount)) : Map.of(),
                calls,
                states,
                chunk[row + INPUT_TOKENS],
                chunk[row + OUTPUT_TOKENS],
                chunk[row + SUCCESSES]);
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private String key(int position) {
        long[] chunk = chunks.get(position / CHUNK);
        int row = position % CHUNK;
        int length = (int) chunk[row + KEY_LENGTH];
        byte[] bytes = new byte[(length + Long.BYTES - 1) / Long.BYTES * Long.BYTES];
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            LONGS.set(bytes, i, chunk[row + KEY + i / Long.BYTES]);
        }
        return new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
    }
}
