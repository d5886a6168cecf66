package dev.llmops.metrics;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend.MoneyAdder;
import dev.llmops.metrics.internal.Layout;
import dev.llmops.metrics.internal.Memo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Money by currency, added up exactly. A call without a price adds nothing.
 */
final class CostSeries {

    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

    private static final String NO_CURRENCY = "xxx";

    private final TargetMeters meters;
    private final Layout layout;
    private final Memo<Key, MoneyAdder> amounts;
    private final Memo<String, String> currencies = new Memo<>(CostSeries::currency);

    /** Sets a series apart, by bounded values; tenant and feature are null where the layout leaves them out. */
    private record Key(
            String currency,
            CostState state,
            String versionSet,
            @Nullable String tenant,
            @Nullable String feature) {}

    CostSeries(TargetMeters meters, Layout layout) {
        this.meters = meters;
        this.layout = layout;
        this.amounts = new Memo<>(key -> meters.backend().money(Instrument.COST, key.currency, labels(key)));
    }

    void record(CallRecord call) {
        Cost cost = call.cost();
        BigDecimal amount = cost == null ? null : cost.amountOrNull();
        if (cost == null || amount == null) {
            return;
        }
        if (amount.signum() < 0) {
            // A counter cannot go down; a credit shows in the exact figures only.
            meters.telemetry().count(Telemetry.Kind.DROPPED, "negative_cost");
        } else {
            String currency = currencies.get(meters.limits().limit("currency", cost.currency()));
            amounts.get(key(currency, cost.state(), call.info())).add(amount);
        }
    }

    /** The currency becomes part of a name, so what is no code at all goes under ISO's code for no currency. */
    private static String currency(String limited) {
        return CURRENCY.matcher(limited).matches() ? limited.toLowerCase(Locale.ROOT) : NO_CURRENCY;
    }

    private Key key(String currency, CostState state, CallInfo call) {
        Limits limits = meters.limits();
        return new Key(
                currency,
                state,
                limits.limit("version_set", call.versionSet().id()),
                layout.costLabels().contains(Layout.TENANT) ? limits.limit(Layout.TENANT, call.tenant()) : null,
                layout.costLabels().contains(Layout.FEATURE) ? limits.limit(Layout.FEATURE, call.feature()) : null);
    }

    private List<String> labels(Key key) {
        List<String> labels = meters.labels(LabelValues.of(key.state), key.versionSet);
        if (key.tenant != null) {
            labels.add(key.tenant);
        }
        if (key.feature != null) {
            labels.add(key.feature);
        }
        return labels;
    }
}
