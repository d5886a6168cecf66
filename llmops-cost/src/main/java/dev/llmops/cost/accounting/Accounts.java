package dev.llmops.cost.accounting;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.CacheSavings;
import dev.llmops.cost.book.PriceBook;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Running totals of calls, by every combination of dimensions that was asked for. Safe for use by many threads; adding a
 * call takes one short lock on a part of each view, and a read comprises every call added before.
 *
 * <p>Sums are exact. A view holds up to its bound of accounts, a million by default, at up to 200 bytes each;
 * calls of accounts beyond that are added up under {@link Account#OTHER} and counted. Totals begin when the process does:
 * what must survive it is the ledger's.
 *
 * <pre>{@code
 * Accounts accounts = Accounts.builder().by(AccountDimension.USER).by(AccountDimension.TENANT, AccountDimension.MODEL).build();
 * LlmOps.builder().enricher(CostEnricher.using(PriceBook.bundled())).listener(accounts)
 * accounts.top(10, "USD", AccountDimension.USER);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Accounts implements LlmListener {

    /** The default number of accounts in a view: {@value}. */
    public static final int DEFAULT_MAX_ACCOUNTS = 1_000_000;

    /** Any of the views: each sums up every call. */
    private final AccountView everything;

    private final Map<List<AccountDimension>, AccountView> views;
    private final AccountView[] viewArray;
    private final @Nullable Supplier<PriceBook> savingsBook;
    private final Map<String, CacheSavings> savings = new ConcurrentHashMap<>();

    private Accounts(Builder builder) {
        this.views = Map.copyOf(builder.views);
        this.viewArray = views.isEmpty()
                ? new AccountView[] {new AccountView(List.of(), 1)}
                : views.values().toArray(AccountView[]::new);
        this.everything = viewArray[0];
        this.savingsBook = builder.savingsBook;
    }

    /**
     * Begins a set of accounts.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        add(record);
    }

    /**
     * Adds a call. One without a cost counts as unpriced.
     *
     * @param record the call
     */
    public void add(CallRecord record) {
        Cost cost = record.cost() == null ? Cost.unpriced("USD") : record.cost();
        AccountTable.Entry entry = new AccountTable.Entry(
                cost.amountOrNull(),
                cost.state(),
                Math.max(0, record.usage().count(UsageKind.INPUT_TOKENS)),
                Math.max(0, record.usage().count(UsageKind.OUTPUT_TOKENS)),
                record.outcome() == Outcome.COMPLETED);
        for (AccountView view : viewArray) {
            view.add(record, cost, entry);
        }
        if (savingsBook != null) {
            CacheSavings.of(record, savingsBook.get())
                    .ifPresent(saved -> savings.merge(saved.currency(), saved, Accounts::plus));
        }
    }

    private static CacheSavings plus(CacheSavings a, CacheSavings b) {
        return new CacheSavings(
                a.currency(),
                a.promptCache().add(b.promptCache()),
                a.answerCache().add(b.answerCache()));
    }

    /**
     * The totals of all calls.
     *
     * @return the sums so far
     */
    public AccountTotals total() {
        return everything.sum();
    }

    /**
     * The accounts by some dimensions. The view is read part by part while calls go on: each account is consistent in
     * itself.
     *
     * @param dimensions a combination that was asked for when these accounts were built, in that order
     * @return every account, in no order
     * @throws IllegalArgumentException if the combination was not asked for
     */
    public List<Account> accounts(AccountDimension... dimensions) {
        return view(dimensions).accounts();
    }

    /**
     * The accounts that spent most in one currency.
     *
     * @param count how many at most
     * @param currency the ISO 4217 code
     * @param dimensions a combination that was asked for when these accounts were built, in that order
     * @return the accounts, the highest amount first
     * @throws IllegalArgumentException if the combination was not asked for
     */
    public List<Account> top(int count, String currency, AccountDimension... dimensions) {
        return accounts(dimensions).stream()
                .sorted(Comparator.<Account, BigDecimal>comparing(
                                account -> account.totals().amount(currency))
                        .reversed())
                .limit(count)
                .toList();
    }

    /**
     * An account.
     *
     * @param values a value for each dimension of a combination
     * @param dimensions a combination that was asked for when these accounts were built, in that order
     * @return its totals, nothing if there were no calls
     * @throws IllegalArgumentException if the combination was not asked for
     */
    public AccountTotals find(List<String> values, AccountDimension... dimensions) {
        return view(dimensions).find(values);
    }

    /**
     * Returns the number of calls that were added up under {@link Account#OTHER} because a view was full.
     *
     * @param dimensions a combination that was asked for when these accounts were built, in that order
     * @return the count
     * @throws IllegalArgumentException if the combination was not asked for
     */
    public long overflow(AccountDimension... dimensions) {
        return view(dimensions).overflow();
    }

    /**
     * Returns the savings by caches, if these accounts were asked to compute them.
     *
     * @return the savings by currency
     */
    public Map<String, CacheSavings> cacheSavings() {
        return Map.copyOf(savings);
    }

    /**
     * Returns the average cost of a unit of work.
     *
     * @param currency the ISO 4217 code
     * @return averages over all calls; per user only if accounts by user were asked for
     */
    public UnitEconomics unitEconomics(String currency) {
        AccountView byUser = views.get(List.of(AccountDimension.USER));
        long users = byUser == null
                ? 0
                : byUser.accounts().stream()
                        .filter(account -> !account.values().get(0).isEmpty())
                        .count();
        return UnitEconomics.of(total(), currency, users);
    }

    private AccountView view(AccountDimension... dimensions) {
        AccountView view = views.get(List.of(dimensions));
        if (view == null) {
            throw new IllegalArgumentException("dimensions are " + List.of(dimensions) + " — one of " + views.keySet()
                    + " — ask for them with by() when building the accounts");
        }
        return view;
    }

    /**
     * Collects the combinations to account by. Not safe for use by several threads.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private final Map<List<AccountDimension>, AccountView> views = new LinkedHashMap<>();
        private int maxAccounts = DEFAULT_MAX_ACCOUNTS;
        private @Nullable Supplier<PriceBook> savingsBook;

        private Builder() {}

        /**
         * Bounds the views that are added after this.
         *
         * @param max how many accounts a view may hold, at least 1; {@value Accounts#DEFAULT_MAX_ACCOUNTS} by default
         * @return this builder
         */
        public Builder maxAccounts(int max) {
            if (max < 1) {
                throw new IllegalArgumentException("maxAccounts is " + max + " — at least 1");
            }
            this.maxAccounts = max;
            return this;
        }

        /**
         * Adds up calls by a combination of dimensions.
         *
         * @param dimensions one or more
         * @return this builder
         */
        public Builder by(AccountDimension... dimensions) {
            List<AccountDimension> combination = List.of(dimensions);
            if (combination.isEmpty() || combination.stream().distinct().count() != combination.size()) {
                throw new IllegalArgumentException("dimensions are " + combination + " — at least one, each once");
            }
            views.put(combination, new AccountView(combination, maxAccounts));
            return this;
        }

        /**
         * Computes what caches saved, which prices calls with cached tokens twice more.
         *
         * @param book gives the current prices
         * @return this builder
         */
        public Builder cacheSavings(Supplier<PriceBook> book) {
            this.savingsBook = book;
            return this;
        }

        /**
         * Makes the accounts.
         *
         * @return the accounts, all at zero
         */
        public Accounts build() {
            return new Accounts(this);
        }
    }
}
