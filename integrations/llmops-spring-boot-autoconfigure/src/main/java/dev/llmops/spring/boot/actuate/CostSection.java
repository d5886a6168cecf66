package dev.llmops.spring.boot.actuate;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.cost.accounting.Account;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.book.PriceBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Shows what calls have cost since the start: in total, and by the largest features, models, tenants and users. */
final class CostSection {

    private final Accounts accounts;
    private final Supplier<PriceBook> prices;
    private final ContentPolicy policy;
    private final int top;

    CostSection(Accounts accounts, Supplier<PriceBook> prices, ContentPolicy policy, int top) {
        this.accounts = accounts;
        this.prices = prices;
        this.policy = policy;
        this.top = top;
    }

    Object read() {
        AccountTotals total = accounts.total();
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("priceBook", prices.get().version());
        section.put("total", totals(total));
        for (AccountDimension dimension : List.of(
                AccountDimension.FEATURE, AccountDimension.MODEL, AccountDimension.TENANT, AccountDimension.USER)) {
            section.put(dimension.name().toLowerCase(Locale.ROOT), largest(dimension, total));
        }
        return section;
    }

    /** The largest of each currency, since amounts of several are never added up. */
    private List<Object> largest(AccountDimension dimension, AccountTotals total) {
        List<Object> accountsOfAll = new ArrayList<>();
        for (String currency : total.amounts().keySet()) {
            accounts.top(top, currency, dimension).stream()
                    .filter(account -> account.totals().amount(currency).signum() > 0)
                    .sorted(Comparator.comparing(
                                    (Account account) -> account.totals().amount(currency))
                            .reversed())
                    .forEach(account -> accountsOfAll.add(account(dimension, account)));
        }
        return accountsOfAll;
    }

    private Map<String, Object> account(AccountDimension dimension, Account account) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", name(dimension, account.values().get(0)));
        shown.putAll(totals(account.totals()));
        return shown;
    }

    private String name(AccountDimension dimension, String value) {
        String shown =
                switch (dimension) {
                    case USER -> policy.user(value);
                    case TENANT -> policy.tenant(value);
                    default -> value;
                };
        return shown == null ? "" : shown;
    }

    private static Map<String, Object> totals(AccountTotals totals) {
        Map<String, Object> amounts = new TreeMap<>();
        totals.amounts().forEach((currency, amount) -> amounts.put(currency, amount.toPlainString()));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("amounts", amounts);
        shown.put("calls", totals.calls());
        shown.put("completed", totals.successes());
        shown.put("inputTokens", totals.inputTokens());
        shown.put("outputTokens", totals.outputTokens());
        return shown;
    }
}
