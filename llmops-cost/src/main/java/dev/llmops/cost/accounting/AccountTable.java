package dev.llmops.cost.accounting;

import dev.llmops.core.record.CostState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Totals by key in little memory: one stripe of a view, in one currency.
 *
 * <p>With a million keys nothing of a row is in a cache, and an access to memory costs more than all the arithmetic. So the
 * rows themselves are the slots of an open-addressing table, and a call touches one run of eight longs: the 128 bits that
 * stand for the key, the amount, the tokens, how many calls completed at an exact cost, and where the rest is. The rest is
 * the key, which is read only for listing, and the counters of other calls, which most rows never need. The table grows
 * by a quarter when it is seven tenths full; a user with an id of 36 characters takes some 150 bytes.
 *
 * <p>An amount is a whole number of 10⁻¹⁸ in 128 bits, which is exact for amounts of up to 18 decimals; what an amount
 * has beyond them is kept beside the rows, as a decimal. All methods synchronise on the table.
 */
final class AccountTable {

    private static final int AMOUNT_SCALE = 18;

    private static final int WORDS = 8;
    private static final int KEY_FIRST = 0;
    private static final int KEY_SECOND = 1;
    private static final int AMOUNT_HIGH = 2;
    private static final int AMOUNT_LOW = 3;
    private static final int INPUT_TOKENS = 4;
    private static final int OUTPUT_TOKENS = 5;
    private static final int EXACT_SUCCESSES = 6;

    /** Low half: position of the key; high half: number of the row's other counters, 0 for none. */
    private static final int REST = 7;

    /** Successes that are not exact, then every state as far as it is not an exact success. */
    private static final int OTHER_COUNTERS = 1 + CostState.values().length;

    private static final int INITIAL_ROWS = 16;
    private static final long[] POWERS_OF_TEN = new long[AMOUNT_SCALE + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i <= AMOUNT_SCALE; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private long[] table = new long[INITIAL_ROWS * WORDS];
    private int rows;

    /** Each key with its length in two bytes before it. */
    private final KeyBytes keys = new KeyBytes();

    private long[] otherCounters = new long[0];
    private int otherCountersUsed;
    private final Map<Integer, BigDecimal> finerThanScale = new HashMap<>(0);

    /** A row of all rows together, kept under the same lock because a second one would cost as much as the arithmetic. */
    private final long[] total = new long[WORDS];

    /** A call: what a row is increased by. */
    record Entry(@Nullable BigDecimal amount, CostState state, long inputTokens, long outputTokens, boolean success) {}

    /**
     * Adds a call to the row of a key.
     *
     * @return −1 if there is no such row and none may be made, 0 if there was one, 1 if it was made
     */
    synchronized int add(AccountKey key, Entry entry, boolean mayGrow) {
        int row = find(table, key.first, key.second);
        int made = 0;
        if (table[row + KEY_FIRST] == 0) {
            if (!mayGrow) {
                return -1;
            }
            row = insert(row, key);
            made = 1;
        }
        count(table, row, entry);
        count(total, 0, entry);
        return made;
    }

    /**
     * Reads where the row of a key ought to be, so that it is in a cache when {@link #add} comes. Takes no lock: what is
     * read may be out of date and is not used.
     *
     * @return something that depends on what was read
     */
    long fetch(AccountKey key) {
        long[] current = table;
        int row = firstRow(current, key.first);
        return current[row + KEY_FIRST] ^ current[row + REST];
    }

    private void count(long[] table, int row, Entry entry) {
        addAmount(table, row, entry.amount);
        table[row + INPUT_TOKENS] += entry.inputTokens;
        table[row + OUTPUT_TOKENS] += entry.outputTokens;
        if (entry.success && entry.state == CostState.EXACT) {
            table[row + EXACT_SUCCESSES]++;
        } else {
            int counters = otherCounters(table, row);
            otherCounters[counters] += entry.success ? 1 : 0;
            otherCounters[counters + 1 + indexOf(entry.state)]++;
        }
    }

    private static int indexOf(CostState state) {
        return Arrays.asList(CostState.values()).indexOf(state);
    }

    private int otherCounters(long[] table, int row) {
        int number = (int) (table[row + REST] >>> Integer.SIZE);
        if (number == 0) {
            number = ++otherCountersUsed;
            if (number * OTHER_COUNTERS > otherCounters.length) {
                otherCounters = Arrays.copyOf(otherCounters, (number + number / 4 + 1) * OTHER_COUNTERS);
            }
            table[row + REST] |= (long) number << Integer.SIZE;
        }
        return (number - 1) * OTHER_COUNTERS;
    }

    private void addAmount(long[] table, int row, @Nullable BigDecimal amount) {
        if (amount == null || amount.signum() == 0) {
            return;
        }
        int scale = amount.scale();
        BigInteger unscaled = amount.unscaledValue();
        if (scale >= 0 && scale <= AMOUNT_SCALE && unscaled.bitLength() < Long.SIZE) {
            long value = unscaled.longValue();
            long factor = POWERS_OF_TEN[AMOUNT_SCALE - scale];
            addAmount(table, row, Math.multiplyHigh(value, factor), value * factor);
            return;
        }
        BigInteger whole = amount.movePointRight(AMOUNT_SCALE).toBigInteger();
        boolean fits = whole.bitLength() < 2 * Long.SIZE - 1;
        BigDecimal taken = fits ? new BigDecimal(whole, AMOUNT_SCALE) : BigDecimal.ZERO;
        if (fits) {
            addAmount(table, row, whole.shiftRight(Long.SIZE).longValue(), whole.longValue());
        }
        if (amount.compareTo(taken) != 0) {
            finerThanScale.merge(place(table, row), amount.subtract(taken), BigDecimal::add);
        }
    }

    private static void addAmount(long[] table, int row, long high, long low) {
        long sum = table[row + AMOUNT_LOW] + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        table[row + AMOUNT_LOW] = sum;
        table[row + AMOUNT_HIGH] += high + carry;
    }

    /** The key of a row. */
    private int place(long[] table, int row) {
        return table == total ? -1 : (int) table[row + REST];
    }

    /** The row of a key, or the free one where it belongs. */
    private static int find(long[] table, long first, long second) {
        int row = firstRow(table, first);
        while (table[row] != 0 && (table[row + KEY_FIRST] != first || table[row + KEY_SECOND] != second)) {
            row += WORDS;
            row = row == table.length ? 0 : row;
        }
        return row;
    }

    private static int firstRow(long[] table, long first) {
        long capacity = table.length / WORDS;
        return (int) (((first >>> Integer.SIZE) * capacity) >>> Integer.SIZE) * WORDS;
    }

    private int insert(int free, AccountKey key) {
        int row = free;
        if (++rows * 10L > table.length / WORDS * 7L) {
            enlarge();
            row = find(table, key.first, key.second);
        }
        table[row + KEY_FIRST] = key.first;
        table[row + KEY_SECOND] = key.second;
        table[row + REST] = keys.append(key.bytes);
        return row;
    }

    private void enlarge() {
        int capacity = table.length / WORDS;
        long[] larger = new long[(capacity + capacity / 4) * WORDS];
        for (int row = 0; row < table.length; row += WORDS) {
            if (table[row] != 0) {
                int target = find(larger, table[row + KEY_FIRST], table[row + KEY_SECOND]);
                System.arraycopy(table, row, larger, target, WORDS);
            }
        }
        table = larger;
    }

    /** The totals of one key, or null. */
    synchronized @Nullable AccountTotals totals(AccountKey key, String currency) {
        int row = find(table, key.first, key.second);
        return table[row] == 0 ? null : totals(table, row, currency);
    }

    /** The totals of all keys together. */
    synchronized AccountTotals total(String currency) {
        return totals(total, 0, currency);
    }

    /** Hands out every key with its totals. */
    synchronized void forEach(String currency, BiConsumer<String, AccountTotals> consumer) {
        for (int row = 0; row < table.length; row += WORDS) {
            if (table[row] != 0) {
                consumer.accept(keys.at((int) table[row + REST]), totals(table, row, currency));
            }
        }
    }

    private AccountTotals totals(long[] table, int row, String currency) {
        long exactSuccesses = table[row + EXACT_SUCCESSES];
        long calls = exactSuccesses;
        long successes = exactSuccesses;
        Map<CostState, Long> states = new EnumMap<>(CostState.class);
        states.put(CostState.EXACT, exactSuccesses);
        int number = (int) (table[row + REST] >>> Integer.SIZE);
        if (number > 0) {
            int counters = (number - 1) * OTHER_COUNTERS;
            successes += otherCounters[counters];
            for (CostState state : CostState.values()) {
                long count = otherCounters[counters + 1 + indexOf(state)];
                states.merge(state, count, Long::sum);
                calls += count;
            }
        }
        boolean priced = calls > states.getOrDefault(CostState.UNPRICED, 0L);
        return new AccountTotals(
                priced ? Map.of(currency, amount(table, row)) : Map.of(),
                calls,
                states,
                table[row + INPUT_TOKENS],
                table[row + OUTPUT_TOKENS],
                successes);
    }

    private BigDecimal amount(long[] table, int row) {
        BigInteger high = BigInteger.valueOf(table[row + AMOUNT_HIGH]).shiftLeft(Long.SIZE);
        BigInteger low = new BigInteger(Long.toUnsignedString(table[row + AMOUNT_LOW]));
        BigDecimal finer = finerThanScale.getOrDefault(place(table, row), BigDecimal.ZERO);
        BigDecimal amount =
                new BigDecimal(high.add(low), AMOUNT_SCALE).add(finer).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    /** The keys, one after the other. */
    private static final class KeyBytes {
        private byte[] bytes = new byte[0];
        private int used;

        int append(byte[] key) {
            int needed = used + 2 + key.length;
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, needed + needed / 8);
            }
            int position = used;
            bytes[position] = (byte) (key.length >>> Byte.SIZE);
            bytes[position + 1] = (byte) key.length;
            System.arraycopy(key, 0, bytes, position + 2, key.length);
            used = needed;
            return position;
        }

        String at(int position) {
            int length = ((bytes[position] & 0xFF) << Byte.SIZE) | (bytes[position + 1] & 0xFF);
            return new String(bytes, position + 2, length, StandardCharsets.UTF_8);
        }
    }
}
