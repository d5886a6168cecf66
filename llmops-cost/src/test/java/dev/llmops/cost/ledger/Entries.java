package dev.llmops.cost.ledger;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.LedgerEntryBuilder;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Entries for tests. */
public final class Entries {

    public static final Instant START = Instant.parse("2026-11-20T10:15:30.123456Z");
    static final LedgerQuery.Builder DAY =
            LedgerQuery.period(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:00Z"));

    private static final BigDecimal MILLION = new BigDecimal("1000000");

    private Entries() {}

    public static LedgerEntry entry(String callId, String amount) {
        return call(callId, amount).build();
    }

    public static LedgerEntryBuilder call(String callId, String amount) {
        return LedgerEntry.builder(callId, START, "openai", "gpt-4o")
                .tenant("acme")
                .user("u1")
                .feature("support")
                .versionSet("vs-1")
                .usage(TokenUsage.inclusive(812, 333))
                .cost(cost(amount));
    }

    public static Cost cost(String amount) {
        return new Cost(CostState.EXACT, new BigDecimal(amount), "USD", List.of(), null);
    }

    /** 812 input tokens at 2.5 and 333 output tokens at 10 per million: 0.00536. */
    static Cost priced() {
        return priced("2.5", "10", "0.00536");
    }

    static Cost priced(String inputPrice, String outputPrice, String amount) {
        List<CostComponent> components =
                List.of(component("input_tokens", "812", inputPrice), component("output_tokens", "333", outputPrice));
        return new Cost(CostState.EXACT, new BigDecimal(amount), "USD", components, null);
    }

    public static Cost reportedByTheProvider() {
        BigDecimal amount = new BigDecimal("0.0054");
        return new Cost(
                CostState.PROVIDER_REPORTED,
                amount,
                "USD",
                priced().components(),
                amount,
                "the provider said so",
                "book-1");
    }

    public static CostComponent component(String bucket, String quantity, String price) {
        BigDecimal amount =
                new BigDecimal(quantity).multiply(new BigDecimal(price)).movePointLeft(6);
        return new CostComponent(
                bucket,
                new BigDecimal(quantity),
                new BigDecimal(price),
                MILLION,
                amount,
                "openai/gpt-4o@" + price + "#" + bucket);
    }
}
