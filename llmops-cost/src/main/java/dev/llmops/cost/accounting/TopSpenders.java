package dev.llmops.cost.accounting;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.Decimals;
import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the top spenders in memory that does not grow with their number. Safe for use by many threads.
 *
 * <p>This is the weighted form of the Space-Saving summary (Metwally, Agrawal and El Abbadi, 2005): a fixed number of
 * counters, of which the smallest is handed over, with its amount, to a spender that has none. With k counters and a total of W
 * in one currency,
 *
 * <ul>
 *   <li>no amount is too low, and none is too high by more than its error bound, which is at most W ÷ k;
 *   <li>everyone who spent more than W ÷ k is among them;
 *   <li>the counters add up to W exactly, unless summaries were merged.
 * </ul>
 *
 * <p>Counters are kept in a binary heap with the smallest on top, so adding takes time logarithmic in k. Where a million
 * counters fit in memory, {@link Accounts} are exact.
 *
 * <p>See docs/decisions/cost.md#top-spenders-use-weighted-space-saving.
 *
 * @since 0.1.0
 */
public final class TopSpenders implements LlmListener {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MAX_COUNTERS = 1_000_000;

    private final AccountDimension dimension;
    private final String currency;
    private final Counter[] heap;
    private final Map<String, Counter> byKey;
    private int size;
    private BigDecimal total = BigDecimal.ZERO;

    /**
     * Makes an empty summary.
     *
     * @param dimension by what spenders are told apart
     * @param currency the ISO 4217 code of what is counted; costs in others are passed over
     * @param counters how many counters, 1 to 1,000,000; about 100 bytes each
     */
    public TopSpenders(AccountDimension dimension, String currency, int counters) {
        if (counters < 1 || counters > MAX_COUNTERS) {
            throw new IllegalArgumentException("counters is " + counters + " — 1 to " + MAX_COUNTERS);
        }
        this.dimension = dimension;
        this.currency = currency;
        this.heap = new Counter[counters];
        this.byKey = new HashMap<>(counters * 2);
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        Cost cost = record.cost();
        String key = dimension.of(record);
        if (cost != null && cost.amountOrNull() != null && cost.currency().equals(currency) && !key.isEmpty()) {
            add(key, cost.amountOrNull());
        }
    }

    /**
     * Counts an amount.
     *
     * @param key who spent it
     * @param amount how much; nothing is counted unless it is above 0
     */
    public synchronized void add(String key, BigDecimal amount) {
        if (amount.signum() > 0) {
            total = total.add(amount);
            count(key, amount);
        }
    }

    private void count(String key, BigDecimal amount) {
        Counter counter = byKey.get(key);
        if (counter == null && size < heap.length) {
            counter = new Counter(key, BigDecimal.ZERO, BigDecimal.ZERO, size);
            heap[size++] = counter;
            byKey.put(key, counter);
            siftUp(counter);
        } else if (counter == null) {
            counter = heap[0];
            byKey.remove(counter.key);
            counter.key = key;
            counter.error = counter.amount;
            byKey.put(key, counter);
        }
        counter.amount = counter.amount.add(amount);
        siftDown(counter);
    }

    /**
     * Takes in what another summary counted, of other calls in the same currency. Who is in one of them only may have
     * spent up to the other's error bound there, which is added to the amount and to its error: the bounds hold for the
     * totals of both together, and the counters may then add up to more than the total.
     *
     * @param other a summary; it is left as it is
     * @throws IllegalArgumentException if it counts another currency
     */
    public void merge(TopSpenders other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException("currency is " + other.currency + " — that of this one, " + currency);
        }
        Map<String, Spender> theirs = new HashMap<>();
        BigDecimal theirTotal;
        BigDecimal theirBound;
        synchronized (other) {
            other.top(Integer.MAX_VALUE).forEach(spender -> theirs.put(spender.key(), spender));
            theirTotal = other.total();
            theirBound = other.errorBound();
        }
        synchronized (this) {
            BigDecimal ourBound = errorBound();
            for (Spender ours : top(Integer.MAX_VALUE)) {
                theirs.merge(
                        ours.key(),
                        plus(ours, theirBound, theirBound),
                        (both, unused) -> plus(ours, both.atMost(), both.errorBound()));
            }
            theirs.replaceAll((key, spender) -> byKey.containsKey(key) ? spender : plus(spender, ourBound, ourBound));
            total = total.add(theirTotal);
            replaceBy(theirs.values());
        }
    }

    private static Spender plus(Spender spender, BigDecimal amount, BigDecimal error) {
        return new Spender(
                spender.key(),
                spender.atMost().add(amount),
                spender.errorBound().add(error));
    }

    private void replaceBy(Collection<Spender> spenders) {
        Arrays.fill(heap, null);
        byKey.clear();
        size = 0;
        spenders.stream()
                .sorted(Comparator.comparing(Spender::atMost).reversed().thenComparing(Spender::key))
                .limit(heap.length)
                .forEach(spender -> {
                    Counter counter = new Counter(spender.key(), spender.atMost(), spender.errorBound(), size);
                    heap[size++] = counter;
                    byKey.put(counter.key, counter);
                    siftUp(counter);
                });
    }

    /**
     * Those who spent most.
     *
     * @param count how many at most
     * @return the spenders, the highest possible amount first
     */
    public synchronized List<Spender> top(int count) {
        return byKey.values().stream()
                .map(counter -> new Spender(counter.key, counter.amount, counter.error))
                .sorted(Comparator.comparing(Spender::atMost).reversed().thenComparing(Spender::key))
                .limit(count)
                .toList();
    }

    /**
     * Everything that was counted.
     *
     * @return the exact sum
     */
    public synchronized BigDecimal total() {
        return total;
    }

    /**
     * The most by which any amount may be too high.
     *
     * @return the smallest counter if all are taken, else 0; at most {@link #total()} divided by the number of counters
     */
    public synchronized BigDecimal errorBound() {
        return size < heap.length ? BigDecimal.ZERO : heap[0].amount;
    }

    /** The state as text has it. */
    private record Image(
            AccountDimension dimension, String currency, int counters, BigDecimal total, List<Spender> spenders) {}

    /**
     * Writes the summary as JSON, to merge it elsewhere; equal summaries give equal text.
     *
     * @return the text
     */
    public synchronized String toJson() {
        return MAPPER.writeValueAsString(new Image(dimension, currency, heap.length, total, top(heap.length)));
    }

    /**
     * Reads a summary back.
     *
     * @param json what {@link #toJson()} gave
     * @return a summary that counts on from there
     * @throws IllegalArgumentException if the text is no summary
     */
    public static TopSpenders fromJson(String json) {
        try {
            Image image = MAPPER.readValue(json, Image.class);
            TopSpenders summary = new TopSpenders(image.dimension, image.currency, image.counters);
            summary.total = Decimals.require("total", 2 * Decimals.MAX_DIGITS, image.total);
            image.spenders.forEach(TopSpenders::check);
            summary.replaceBy(image.spenders);
            return summary;
        } catch (JacksonException | NullPointerException e) {
            // What a parser says quotes the text, and with it ids of people.
            String why = e instanceof JacksonException text ? "no such JSON" + Json.place(text) : "a part is missing";
            throw new IllegalArgumentException("the summary is not readable (" + why
                    + ") — JSON of TopSpenders.toJson is read — pass such a" + " text");
        }
    }

    private static void check(Spender spender) {
        Objects.requireNonNull(spender.key());
        Decimals.require("atMost", 2 * Decimals.MAX_DIGITS, spender.atMost());
        Decimals.require("errorBound", 2 * Decimals.MAX_DIGITS, spender.errorBound());
    }

    private void siftUp(Counter counter) {
        while (counter.index > 0 && counter.isLessThan(heap[(counter.index - 1) / 2])) {
            swap(counter, heap[(counter.index - 1) / 2]);
        }
    }

    private void siftDown(Counter counter) {
        while (true) {
            int left = counter.index * 2 + 1;
            int right = left + 1;
            if (left >= size) {
                return;
            }
            Counter smaller = right < size && heap[right].isLessThan(heap[left]) ? heap[right] : heap[left];
            if (!smaller.isLessThan(counter)) {
                return;
            }
            swap(counter, smaller);
        }
    }

    private void swap(Counter a, Counter b) {
        int index = a.index;
        a.index = b.index;
        b.index = index;
        heap[a.index] = a;
        heap[b.index] = b;
    }

    private static final class Counter {
        private String key;
        private BigDecimal amount;
        private BigDecimal error;
        private int index;

        private Counter(String key, BigDecimal amount, BigDecimal error, int index) {
            this.key = key;
            this.amount = amount;
            this.error = error;
            this.index = index;
        }

        private boolean isLessThan(Counter other) {
            return amount.compareTo(other.amount) < 0;
        }
    }

    /**
     * Someone who may be among those that spent most.
     *
     * @param key who
     * @param atMost what was spent at most
     * @param errorBound by how much that may be too high; the amount is at least the difference
     */
    public record Spender(String key, BigDecimal atMost, BigDecimal errorBound) {

        /**
         * Returns the lower bound of the spend.
         *
         * @return the guaranteed part
         */
        public BigDecimal atLeast() {
            return atMost.subtract(errorBound);
        }
    }
}
