package dev.llmops.samples.gateway;

import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.BudgetDimension;
import dev.llmops.cost.budget.BudgetScope;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.budget.BudgetWindow;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the flag {@code --budget}: {@code user=0.50/day}, {@code tenant:acme=100/month/closed}. */
final class BudgetConverter implements ITypeConverter<Budget> {

    /** The syntax of the flag. */
    static final String FORM =
            "global|user|tenant|feature|model[:VALUE]=AMOUNT/hour|day|week|month|year[/open|/closed]";

    private static final Pattern SYNTAX = Pattern.compile(
            "(?<scope>global|user|tenant|feature|model)(:(?<value>.+))?=(?<amount>\\d{1,9}(\\.\\d{1,9})?)"
                    + "/(?<window>hour|day|week|month|year)(/(?<policy>open|closed))?");

    private static final Map<String, Function<ZoneId, BudgetWindow>> WINDOWS = Map.of(
            "hour", BudgetWindow::hourly,
            "day", BudgetWindow::daily,
            "week", BudgetWindow::weekly,
            "month", BudgetWindow::monthly,
            "year", BudgetWindow::yearly);

    /**
     * Converts a flag.
     *
     * @throws TypeConversionException if the flag does not follow the syntax
     */
    @Override
    public Budget convert(String flag) {
        Matcher matcher = SYNTAX.matcher(flag);
        if (!matcher.matches() || ("global".equals(matcher.group("scope")) && matcher.group("value") != null)) {
            throw new TypeConversionException(
                    "'" + flag + "' is no budget — allowed is " + FORM + " — pass such as user=0.50/day");
        }
        String scope = Objects.requireNonNull(matcher.group("scope"));
        @Nullable String value = matcher.group("value");
        String window = Objects.requireNonNull(matcher.group("window"));
        return Budget.named(scope + (value == null ? "" : "-" + value) + "-" + window)
                .scope(scope(scope, value))
                .window(Objects.requireNonNull(WINDOWS.get(window)).apply(ZoneOffset.UTC))
                .hardLimit(new BigDecimal(Objects.requireNonNull(matcher.group("amount"))))
                .whenStoreFails(
                        "closed".equals(matcher.group("policy"))
                                ? BudgetStore.FailurePolicy.CLOSED
                                : BudgetStore.FailurePolicy.OPEN)
                .build();
    }

    private static BudgetScope scope(String scope, @Nullable String value) {
        if (scope.equals("global")) {
            return BudgetScope.global();
        }
        BudgetDimension dimension = BudgetDimension.valueOf(scope.toUpperCase(Locale.ROOT));
        return value == null ? BudgetScope.each(dimension) : BudgetScope.of(dimension, value);
    }
}
