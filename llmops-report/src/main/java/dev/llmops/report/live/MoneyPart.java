package dev.llmops.report.live;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Svg;
import dev.llmops.report.live.LiveState.Money;
import dev.llmops.report.live.LiveState.Spender;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cost of the day: so far, expected, who spent it, and what was wasted. */
final class MoneyPart {

    private static final int BAR_WIDTH = 160;
    private static final int BAR_HEIGHT = 12;

    private MoneyPart() {}

    static Block of(@Nullable Money money, Instant now) {
        if (money == null || money.calls() == 0) {
            return new Block.Section(
                    "Money",
                    "",
                    Block.Tone.NEUTRAL,
                    List.of(Block.empty("No call of today is in the ledger, or there is no ledger that answers.")));
        }
        BigDecimal expected = expected(money, now);
        return new Block.Section(
                "Money",
                "",
                Block.Tone.NEUTRAL,
                List.of(
                        facts(money, expected),
                        new Block.Columns(List.of(
                                new Block.Figure(
                                        "Spent since midnight UTC, " + money.currency()
                                                + "; dashed: at the rate of the last " + minutes(money.recentTime())
                                                + " min until the day's end",
                                        TimeChart.sum(money.course(), money.to(), expected.doubleValue(), "")),
                                waste(money))),
                        new Block.Columns(List.of(
                                table("Top ten spenders", "user", money, money.spenders()),
                                table("By feature and version set", "part", money, money.parts())))));
    }

    /** Spends until the end of the day at the rate of the latest calls. */
    private static BigDecimal expected(Money money, Instant now) {
        BigDecimal left =
                BigDecimal.valueOf(Math.max(0, Duration.between(now, money.to()).toMillis()));
        BigDecimal recentMillis =
                BigDecimal.valueOf(Math.max(1, money.recentTime().toMillis()));
        return money.amount().add(money.recent().multiply(left).divide(recentMillis, MathContext.DECIMAL64));
    }

    private static Block facts(Money money, BigDecimal expected) {
        BigDecimal wasted = money.wasted().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Block.Fact> facts = new ArrayList<>(List.of(
                fact("today so far", Numbers.money(money.amount(), money.currency())),
                fact("expected by midnight UTC", Numbers.money(expected, money.currency())),
                fact("calls", Numbers.count(money.calls())),
                fact("per million calls", perMillionCalls(money)),
                fact("wasted", Numbers.money(wasted, money.currency()) + ", " + share(wasted, money))));
        if (money.unpriced() > 0) {
            facts.add(fact("calls without a price", Numbers.count(money.unpriced())));
        }
        return new Block.Facts(facts);
    }

    /** Leaves out calls without a price, which are not free. */
    private static String perMillionCalls(Money money) {
        long priced = money.calls() - money.unpriced();
        return priced == 0
                ? "unknown"
                : Numbers.money(
                        money.amount()
                                .multiply(BigDecimal.valueOf(1_000_000))
                                .divide(BigDecimal.valueOf(priced), MathContext.DECIMAL64),
                        money.currency());
    }

    private static Block.Fact fact(String label, String value) {
        return new Block.Fact(label, Inline.text(value));
    }

    private static long minutes(Duration time) {
        return Math.max(1, Math.round(time.toSeconds() / 60.0));
    }

    private static String share(BigDecimal amount, Money money) {
        return Numbers.percent(ratio(amount, money));
    }

    private static double ratio(BigDecimal amount, Money money) {
        return money.amount().signum() == 0
                ? 0
                : amount.doubleValue() / money.amount().doubleValue();
    }

    private static Block waste(Money money) {
        List<List<Inline>> rows = new ArrayList<>();
        for (Map.Entry<String, BigDecimal> each : new TreeMap<>(money.wasted()).entrySet()) {
            rows.add(List.of(
                    Inline.text(each.getKey()),
                    Inline.number(Numbers.money(each.getValue(), money.currency())),
                    Inline.number(share(each.getValue(), money))));
        }
        return new Block.Table(
                "Wasted on calls that did not complete",
                List.of("outcome", "amount", "of today"),
                rows,
                "Every call of today completed.");
    }

    private static Block table(String caption, String title, Money money, List<Spender> spenders) {
        return new Block.Table(
                caption,
                List.of(title, "amount", "calls", "share of today"),
                spenders.stream().map(each -> row(each, money)).toList(),
                "No amount is known.");
    }

    private static List<Inline> row(Spender spender, Money money) {
        double ratio = ratio(spender.amount(), money);
        Svg bar = new Svg(BAR_WIDTH, BAR_HEIGHT)
                .rectangle("bar", 0, 2, Math.max(1, BAR_WIDTH * Math.min(1, ratio)), BAR_HEIGHT - 4);
        return List.of(
                Inline.text(spender.name()),
                Inline.number(
                        spender.unpriced() == spender.calls()
                                        && spender.amount().signum() == 0
                                ? "unpriced"
                                : Numbers.money(spender.amount(), money.currency())),
                Inline.number(Numbers.count(spender.calls())),
                Inline.picture(Numbers.percent(ratio), bar));
    }
}
