package dev.llmops.report.live;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CostState;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import dev.llmops.report.live.LiveState.Money;
import dev.llmops.report.live.LiveState.Sample;
import dev.llmops.report.live.LiveState.Spender;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cost of the day (UTC) in the currency that most calls have. The ledger is asked rarely: the longer it takes for an
 * answer, the longer the answer is kept. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DaySpend {

    /** Reads sums from a ledger. */
    @FunctionalInterface
    public interface Totals {

        /**
         * Returns the sums that a query asks for.
         *
         * @param query the period and the dimensions
         * @return the sums
         * @throws SQLException if the ledger's database cannot be asked
         */
        List<LedgerTotal> read(LedgerQuery query) throws SQLException;
    }

    private static final String COMPLETED = "COMPLETED";
    private static final int TOP = 10;
    private static final Duration RECENT = Duration.ofHours(1);
    private static final Duration SETTLED = Duration.ofMinutes(15);
    private static final long MIN_AGE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long MAX_AGE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int AGE_PER_COST = 20;

    private final Totals totals;
    private final ContentPolicy policy;
    private final Clock clock;
    private final Instant since;
    /** The sums of settled hours, which do not change any more. */
    private final NavigableMap<Instant, BigDecimal> hours = new TreeMap<>();

    private @Nullable Money known;
    private long askAgainNanos = System.nanoTime();

    /**
     * Creates a view of a ledger.
     *
     * @param totals reads the ledger
     * @param policy how users appear
     * @param clock tells the day
     */
    public DaySpend(Totals totals, ContentPolicy policy, Clock clock) {
        this.totals = totals;
        this.policy = policy;
        this.clock = clock;
        since = clock.instant();
    }

    /**
     * Returns the cost of the day as it was known lately.
     *
     * @return the cost; null if nothing is known, as while the ledger cannot be asked
     */
    public synchronized @Nullable Money today() {
        long start = System.nanoTime();
        if (start - askAgainNanos >= 0) {
            try {
                known = read(clock.instant());
            } catch (SQLException e) {
                known = null; // Nothing is shown rather than what is old.
            }
            long end = System.nanoTime();
            askAgainNanos = end + Math.min(MAX_AGE_NANOS, Math.max(MIN_AGE_NANOS, AGE_PER_COST * (end - start)));
        }
        return known;
    }

    private @Nullable Money read(Instant now) throws SQLException {
        Instant from = now.truncatedTo(ChronoUnit.DAYS);
        Instant to = from.plus(1, ChronoUnit.DAYS);
        List<LedgerTotal> outcomes = totals(from, to, LedgerDimension.OUTCOME);
        String currency = outcomes.stream()
                .max(Comparator.comparingLong(LedgerTotal::calls))
                .map(LedgerTotal::currency)
                .orElse(null);
        if (currency == null) {
            return null;
        }
        BigDecimal amount = sum(outcomes, currency);
        Duration recentTime = min(RECENT, Duration.between(since, now));
        return new Money(
                currency,
                from,
                to,
                amount,
                outcomes.stream()
                        .filter(total -> total.currency().equals(currency))
                        .mapToLong(LedgerTotal::calls)
                        .sum(),
                course(from, now, currency, amount),
                sum(totals(now.minus(recentTime).minusMillis(1), to), currency),
                recentTime,
                wasted(outcomes, currency),
                top(totals(from, to, LedgerDimension.USER), currency),
                top(totals(from, to, LedgerDimension.FEATURE, LedgerDimension.VERSION_SET), currency),
                outcomes.stream()
                        .filter(total -> total.currency().equals(currency))
                        .mapToLong(DaySpend::unpriced)
                        .sum());
    }

    private static long unpriced(LedgerTotal total) {
        return total.states().getOrDefault(CostState.UNPRICED, 0L);
    }

    private List<LedgerTotal> totals(Instant from, Instant to, LedgerDimension... by) throws SQLException {
        return totals.read(LedgerQuery.period(from, to).by(by).build());
    }

    private static BigDecimal sum(List<LedgerTotal> totals, String currency) {
        return totals.stream()
                .filter(total -> total.currency().equals(currency))
                .map(LedgerTotal::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private List<Sample> course(Instant from, Instant now, String currency, BigDecimal amount) throws SQLException {
        hours.headMap(from).clear();
        List<Sample> course = new ArrayList<>(List.of(new Sample(from, 0)));
        BigDecimal sum = BigDecimal.ZERO;
        for (Instant hour = from; !hour.plus(1, ChronoUnit.HOURS).isAfter(now); hour = hour.plus(1, ChronoUnit.HOURS)) {
            Instant end = hour.plus(1, ChronoUnit.HOURS);
            BigDecimal settled = hours.get(hour);
            BigDecimal ofHour = settled == null ? sum(totals(hour, end), currency) : settled;
            if (end.plus(SETTLED).isBefore(now)) {
                hours.put(hour, ofHour);
            }
            sum = sum.add(ofHour);
            course.add(new Sample(end, sum.doubleValue()));
        }
        course.add(new Sample(now, amount.doubleValue()));
        return course;
    }

    private static Map<String, BigDecimal> wasted(List<LedgerTotal> outcomes, String currency) {
        return outcomes.stream()
                .filter(total -> total.currency().equals(currency)
                        && !COMPLETED.equals(total.key().get(LedgerDimension.OUTCOME)))
                .collect(Collectors.toMap(
                        total -> String.valueOf(total.key().get(LedgerDimension.OUTCOME))
                                .toLowerCase(Locale.ROOT),
                        LedgerTotal::amount,
                        BigDecimal::add));
    }

    private List<Spender> top(List<LedgerTotal> totals, String currency) {
        return totals.stream()
                .filter(total -> total.currency().equals(currency))
                .sorted(Comparator.comparing(LedgerTotal::amount).reversed())
                .limit(TOP)
                .map(total -> new Spender(
                        total.key().entrySet().stream().map(this::shown).collect(Collectors.joining(", ")),
                        total.amount(),
                        total.calls(),
                        unpriced(total)))
                .toList();
    }

    private String shown(Map.Entry<LedgerDimension, String> part) {
        String value = part.getKey() == LedgerDimension.USER ? policy.user(part.getValue()) : part.getValue();
        return Objects.requireNonNullElse(value, "none");
    }
}
