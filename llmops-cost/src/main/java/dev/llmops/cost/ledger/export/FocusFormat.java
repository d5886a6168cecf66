package dev.llmops.cost.ledger.export;

import dev.llmops.core.record.CostComponent;
import dev.llmops.cost.accounting.Commitment;
import dev.llmops.cost.book.Discount;
import dev.llmops.cost.internal.PlainDecimals;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one row per entry and price component, or one for all of an hour that differ only in their quantities, in hourly charge periods and monthly billing periods of UTC.
 *
 * <p>Unit price × pricing quantity is the list cost to the last digit written; nothing is rounded per row, except a
 * quantity that no decimal holds (seconds priced by the hour), at 34 digits. Billed costs of an entry sum to its amount:
 * what its components do not account for, such as the difference to what the provider reported, is a row of its own.
 */
final class FocusFormat extends LedgerFormat {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

    private static final List<String> COLUMNS = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "CommitmentDiscountCategory",
            "CommitmentDiscountId",
            "CommitmentDiscountName",
            "CommitmentDiscountQuantity",
            "CommitmentDiscountStatus",
            "CommitmentDiscountType",
            "CommitmentDiscountUnit",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "ContractedUnitPrice",
            "EffectiveCost",
            "InvoiceId",
            "InvoiceIssuerName",
            "ListCost",
            "ListUnitPrice",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "RegionId",
            "ServiceCategory",
            "ServiceName",
            "ServiceSubcategory",
            "SkuId",
            "SkuMeter",
            "SkuPriceDetails",
            "SkuPriceId",
            "SubAccountId",
            "SubAccountName",
            "Tags",
            "x_CallId",
            "x_CostState",
            "x_EntryId",
            "x_Outcome");

    private final FocusAccount account;
    private final boolean byHour;
    private final List<Commitment.Purchase> purchases;

    FocusFormat(FocusAccount account, boolean byHour, List<Commitment.Purchase> purchases) {
        this.account = account;
        this.byHour = byHour;
        this.purchases = purchases;
    }

    @Override
    Sheet open(LedgerQuery query, Writer out) {
        Csv csv = new Csv(out);
        csv.row(COLUMNS);
        FocusHours hours = new FocusHours(row -> csv.row(row.values()));
        Consumer<Map<String, @Nullable Object>> rows = byHour ? hours::add : row -> csv.row(row.values());
        FocusCommitments commitments = new FocusCommitments(purchases, query.from(), query.to(), this::charge, rows);
        return new Sheet() {
            @Override
            boolean write(LedgerEntry entry) {
                List<CostComponent> charges = FocusCharges.of(entry);
                charges.forEach(charge -> commitments.add(entry, row(entry, charge)));
                BigDecimal rest = FocusCharges.rest(entry, charges);
                if (rest.signum() != 0) {
                    commitments.pass(entry, adjustment(entry, rest));
                }
                return !charges.isEmpty() || rest.signum() != 0;
            }

            @Override
            void end() {
                commitments.end();
                hours.end();
            }

            @Override
            long rows() {
                return csv.rows() - 1;
            }
        };
    }

    private Map<String, @Nullable Object> row(LedgerEntry entry, CostComponent charge) {
        String unit = FocusCharges.unit(charge.bucket());
        BigDecimal quantity = charge.quantity().divide(charge.per(), MathContext.DECIMAL128);
        BigDecimal listPrice = Discount.listPrice(charge.price(), charge.priceId());
        Map<String, @Nullable Object> row = common(entry, charge.amount());
        row.put("ChargeCategory", "Usage");
        row.put("ChargeDescription", FocusCharges.meter(charge.bucket()) + " of " + entry.model());
        row.put("ChargeFrequency", "Usage-Based");
        row.put("ConsumedQuantity", charge.quantity());
        row.put("ConsumedUnit", unit);
        row.put("ContractedCost", charge.price().multiply(quantity));
        row.put("ContractedUnitPrice", charge.price());
        row.put("ListCost", listPrice.multiply(quantity));
        row.put("ListUnitPrice", listPrice);
        row.put("PricingCategory", FocusCharges.pricingCategory(entry));
        row.put("PricingQuantity", quantity);
        row.put("PricingUnit", charge.per().compareTo(BigDecimal.ONE) == 0 ? unit : plain(charge.per()) + " " + unit);
        row.put("SkuId", FocusCharges.sku(entry, charge));
        row.put("SkuMeter", FocusCharges.meter(charge.bucket()));
        row.put("SkuPriceDetails", FocusCharges.priceDetails(entry, charge));
        row.put("SkuPriceId", FocusCharges.skuPrice(entry, charge));
        return row;
    }

    private Map<String, @Nullable Object> adjustment(LedgerEntry entry, BigDecimal rest) {
        Map<String, @Nullable Object> row = common(entry, rest);
        row.put("ChargeCategory", "Adjustment");
        row.put("ChargeDescription", "Difference to what the price components of " + entry.model() + " account for");
        row.put("ChargeFrequency", "One-Time");
        row.put("ContractedCost", rest);
        row.put("ListCost", rest);
        return row;
    }

    /** A row of a commitment, for one hour or its whole term. */
    private Map<String, @Nullable Object> charge(Commitment commitment, Instant start, Instant end) {
        OffsetDateTime month = utc(start).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        String provider = commitment.provider() == null ? "all providers" : commitment.provider();
        Map<String, @Nullable Object> row = blank(provider, commitment.currency(), month);
        row.put("ChargePeriodEnd", TIME.format(utc(end)));
        row.put("ChargePeriodStart", TIME.format(utc(start)));
        row.put("ServiceName", provider + " commitment");
        row.put("SkuId", "commitment/" + commitment.id());
        row.put("SkuPriceId", "commitment/" + commitment.id());
        return row;
    }

    private Map<String, @Nullable Object> blank(String provider, String currency, OffsetDateTime month) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        COLUMNS.forEach(column -> row.put(column, null));
        row.put("BillingAccountId", account.billingAccountId());
        row.put("BillingAccountName", account.billingAccountName());
        row.put("BillingCurrency", currency);
        row.put("BillingPeriodEnd", TIME.format(month.plusMonths(1)));
        row.put("BillingPeriodStart", TIME.format(month));
        row.put("InvoiceIssuerName", account.invoiceIssuer() == null ? provider : account.invoiceIssuer());
        row.put("ProviderName", provider);
        row.put("PublisherName", provider);
        row.put("ServiceCategory", "AI and Machine Learning");
        row.put("ServiceSubcategory", "Generative AI");
        return row;
    }

    private Map<String, @Nullable Object> common(LedgerEntry entry, BigDecimal cost) {
        boolean invoiced = account.invoicedBefore() != null
                && entry.kind() == LedgerEntry.Kind.CORRECTION
                && entry.startedAt().isBefore(account.invoicedBefore());
        OffsetDateTime hour = utc(entry.startedAt()).truncatedTo(ChronoUnit.HOURS);
        OffsetDateTime month = utc(invoiced ? entry.recordedAt() : entry.startedAt())
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1);
        Map<String, @Nullable Object> row = blank(entry.provider(), entry.cost().currency(), month);
        row.put("BilledCost", cost);
        row.put("ChargeClass", invoiced ? "Correction" : null);
        row.put("ChargePeriodEnd", TIME.format(hour.plusHours(1)));
        row.put("ChargePeriodStart", TIME.format(hour));
        row.put("EffectiveCost", cost);
        row.put("RegionId", entry.region());
        row.put("ServiceName", entry.provider() + " " + entry.operation());
        row.put("SubAccountId", entry.tenant());
        row.put("SubAccountName", entry.tenant());
        row.put("Tags", FocusCharges.tags(entry, byHour ? null : account.users()));
        row.put("x_CostState", entry.cost().state());
        if (!byHour) {
            row.put("x_CallId", entry.callId());
            row.put("x_EntryId", entry.entryId());
            row.put("x_Outcome", entry.outcome());
        }
        return row;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String plain(BigDecimal amount) {
        return PlainDecimals.of(amount).toPlainString();
    }
}
