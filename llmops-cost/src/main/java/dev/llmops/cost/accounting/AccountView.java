package dev.llmops.cost.accounting;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Accounts by one combination of dimensions, up to a bound; what is beyond it is added up as one other account. */
final class AccountView {

    private static final int MAX_STRIPES = 256;
    private static final int ACCOUNTS_PER_STRIPE = 2_048;
    private static final int THREAD_STRIPES = 16;

    /** Longer values would let one caller take the memory of many. */
    private static final int MAX_VALUE_LENGTH = 256;

    /** Callers choose keys; a hash that they cannot foresee keeps them from making them collide. */
    private final long secret = new SecureRandom().nextLong();

    private final List<AccountDimension> dimensions;
    private final int maxAccounts;
    private final int stripes;
    private final Map<String, AccountTable[]> byCurrency = new ConcurrentHashMap<>();
    private final AtomicInteger accounts = new AtomicInteger();
    private final LongAdder overflow = new LongAdder();
    private final AccountKey other;
    private final PendingCalls[] pending = new PendingCalls[THREAD_STRIPES];

    AccountView(List<AccountDimension> dimensions, int maxAccounts) {
        this.dimensions = List.copyOf(dimensions);
        this.maxAccounts = maxAccounts;
        int wanted = Math.max(1, Math.min(MAX_STRIPES, maxAccounts / ACCOUNTS_PER_STRIPE));
        this.stripes = Integer.highestOneBit(wanted);
        this.other = key(dimensions.stream().map(dimension -> Account.OTHER).toList());
        Arrays.setAll(pending, i -> new PendingCalls(this));
    }

    void add(CallRecord record, Cost cost, AccountTable.Entry entry) {
        int thread = (int) Thread.currentThread().getId() & (THREAD_STRIPES - 1);
        pending[thread].add(new PendingCall(tables(cost.currency()), key(record), entry));
    }

    /** Adds a call whose turn has come. */
    void settle(PendingCall call) {
        int made = table(call.tables, call.key).add(call.key, call.entry, accounts.get() < maxAccounts);
        if (made < 0) {
            overflow.increment();
            table(call.tables, other).add(other, call.entry, true);
        } else if (made > 0) {
            accounts.incrementAndGet();
        }
    }

    long fetch(PendingCall call) {
        return table(call.tables, call.key).fetch(call.key);
    }

    private AccountTable table(AccountTable[] tables, AccountKey key) {
        return tables[key.stripe(stripes)];
    }

    private Map<String, AccountTable[]> settled() {
        for (PendingCalls calls : pending) {
            calls.settle();
        }
        return byCurrency;
    }

    private AccountTable[] tables(String currency) {
        AccountTable[] tables = byCurrency.get(currency);
        return tables != null ? tables : byCurrency.computeIfAbsent(currency, c -> newTables());
    }

    private AccountTable[] newTables() {
        AccountTable[] tables = new AccountTable[stripes];
        for (int i = 0; i < stripes; i++) {
            tables[i] = new AccountTable();
        }
        return tables;
    }

    private AccountKey key(CallRecord record) {
        if (dimensions.isEmpty()) {
            return other;
        }
        if (dimensions.size() == 1) {
            return new AccountKey(cut(dimensions.get(0).of(record)), secret);
        }
        List<String> values = new ArrayList<>(dimensions.size());
        for (AccountDimension dimension : dimensions) {
            values.add(dimension.of(record));
        }
        return key(values);
    }

    private AccountKey key(List<String> values) {
        if (values.size() == 1) {
            return new AccountKey(cut(values.get(0)), secret);
        }
        // Each value with its length, so that no value can imitate a boundary.
        StringBuilder joined = new StringBuilder();
        for (String value : values) {
            String bounded = cut(value);
            joined.append(bounded.length()).append(':').append(bounded);
        }
        return new AccountKey(joined.toString(), secret);
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH);
    }

    private List<String> values(String key) {
        if (dimensions.size() == 1) {
            return List.of(key);
        }
        List<String> values = new ArrayList<>();
        int at = 0;
        while (at < key.length()) {
            int colon = key.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(key.substring(at, colon));
            values.add(key.substring(colon + 1, end));
            at = end;
        }
        return values;
    }

    AccountTotals sum() {
        AccountTotals sum = AccountTotals.NONE;
        for (Map.Entry<String, AccountTable[]> each : settled().entrySet()) {
            for (AccountTable table : each.getValue()) {
                sum = sum.plus(table.total(each.getKey()));
            }
        }
        return sum;
    }

    List<Account> accounts() {
        Map<String, AccountTotals> merged = new HashMap<>();
        settled().forEach((currency, tables) -> {
            for (AccountTable table : tables) {
                table.forEach(currency, (key, totals) -> merged.merge(key, totals, AccountTotals::plus));
            }
        });
        List<Account> result = new ArrayList<>(merged.size());
        merged.forEach((key, totals) -> result.add(new Account(values(key), totals)));
        return result;
    }

    AccountTotals find(List<String> values) {
        AccountKey key = key(values);
        AccountTotals sum = AccountTotals.NONE;
        for (Map.Entry<String, AccountTable[]> each : settled().entrySet()) {
            @Nullable AccountTotals totals = table(each.getValue(), key).totals(key, each.getKey());
            sum = totals == null ? sum : sum.plus(totals);
        }
        return sum;
    }

    long overflow() {
        settled();
        return overflow.sum();
    }

    /** A call, with the tables of its currency. */
    static final class PendingCall {
        private final AccountTable[] tables;
        private final AccountKey key;
        private final AccountTable.Entry entry;

        private PendingCall(AccountTable[] tables, AccountKey key, AccountTable.Entry entry) {
            this.tables = tables;
            this.key = key;
            this.entry = entry;
        }
    }
}
