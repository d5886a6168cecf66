package dev.llmops.cost.book;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.usage.UsageException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a book knows about the prices of one model: all entries, past, present and corrected, and the factors on
 * them. Immutable and safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ModelPrices {

    private final String provider;
    private final String model;
    private final String currency;
    private final List<ModelMatch> matches;
    private final List<PriceEntry> entries;
    private final List<Adjustment> adjustments;
    private final boolean standardForUnknownTier;
    private final Timeline latest;

    private ModelPrices(Builder builder) {
        this.provider = builder.provider;
        this.model = builder.model;
        this.currency = builder.currency;
        this.matches = List.copyOf(builder.matches);
        this.entries = List.copyOf(builder.entries);
        this.adjustments = List.copyOf(builder.adjustments);
        this.standardForUnknownTier = builder.standardForUnknownTier;
        this.latest = Timeline.of(entries, adjustments, null);
    }

    /**
     * Begins the prices of a model.
     *
     * @param provider who bills, such as {@code openai}
     * @param model the model's id at that provider
     * @return a builder
     */
    public static Builder builder(String provider, String model) {
        return new Builder(provider, model);
    }

    /**
     * Prices a usage. Never throws: what the counts leave open is inferred and makes the cost an estimate, and what has
     * no price makes it unpriced; {@link Cost#reason()} says which.
     *
     * @param usage what was used
     * @param context when, and under which conditions
     * @return the cost with its components
     */
    public Cost price(TokenUsage usage, PricingContext context) {
        return price(usage, context, null);
    }

    Cost price(TokenUsage usage, PricingContext context, @Nullable String bookVersion) {
        if (isUnknown(usage)) {
            return unpriced("usage is unknown", bookVersion);
        }
        CompiledEntry entry = select(context);
        if (entries.isEmpty()) {
            return unpriced("the book knows " + name() + " and has no price of it", bookVersion);
        }
        if (entry == null) {
            return unpriced("no price at " + context.at() + " under these conditions", bookVersion);
        }
        String doubt = null;
        if (!entry.isMadeForTierOf(context)) {
            doubt = "no price for service tier " + context.serviceTier();
            if (!standardForUnknownTier) {
                return unpriced(doubt, bookVersion);
            }
            doubt += "; the standard price stands in";
        }
        return Pricing.price(plan(entry, usage, context), usage, currency, bookVersion, doubt);
    }

    /**
     * Prices a usage whose counts must leave nothing open.
     *
     * @param usage what was used
     * @param context when, and under which conditions
     * @return the cost with its components
     * @throws UsageException if a detail exceeds its total, a total is missing of which a detail was reported, or two
     *     details overlap by an unreported amount
     */
    public Cost priceStrictly(TokenUsage usage, PricingContext context) {
        CompiledEntry entry = select(context);
        if (entry != null) {
            List<String> contradictions =
                    new ArrayList<>(UsageInference.contradictions(plan(entry, usage, context), usage::count));
            if (entry.dependsOnPromptSize() && usage.count(UsageKind.INPUT_TOKENS) < 0) {
                usage.details().keySet().stream()
                        .filter(kind -> kind.isPartOf(UsageKind.INPUT_TOKENS))
                        .forEach(kind -> contradictions.add("input_tokens must be reported, because " + kind.key()
                                + " are a part of them and the price depends on their number"));
            }
            if (!contradictions.isEmpty()) {
                throw new UsageException(contradictions);
            }
        }
        return price(usage, context);
    }

    /**
     * The highest price of tokens that may apply to a call, over all conditions, prompt sizes, kinds of tokens and
     * factors: for bounding the cost of a call before it is made.
     *
     * @param side input or output
     * @param at when the call starts
     * @return the price of 1,000,000 tokens, 0 if none has a price
     */
    public BigDecimal highestTokenPrice(Adjustment.Side side, Instant at) {
        BigDecimal highest = latest.at(at).stream()
                .flatMap(entry -> entry.entry().rates().entrySet().stream())
                .filter(rate -> rate.getKey().family() == UsageKind.Family.TOKENS)
                .filter(rate -> Adjustment.Side.of(rate.getKey()) == side)
                .flatMap(rate -> rate.getValue().pricesPerMillion())
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
        return adjustments.stream()
                .filter(adjustment -> adjustment.sides().contains(side))
                .map(adjustment -> adjustment.factor().max(BigDecimal.ONE))
                .reduce(highest, BigDecimal::multiply);
    }

    /** Adds what {@code newer} says otherwise; what it says of the same time and conditions now replaces the end. */
    ModelPrices updatedBy(ModelPrices newer) {
        Builder builder = builder(provider, model).currency(newer.currency);
        builder.standardForUnknownTier = newer.standardForUnknownTier;
        newer.matches.forEach(builder::addMatch);
        newer.adjustments.forEach(builder::addAdjustment);
        builder.entries.addAll(entries);
        List<Timeline.Span> spans = Timeline.spans(entries, null);
        for (PriceEntry entry : newer.entries) {
            boolean said = spans.stream()
                    .anyMatch(old -> old.contains(entry.start())
                            && old.entry().when().equals(entry.when())
                            && BookVersion.sameRates(old.entry(), entry));
            if (!said) {
                builder.addEntry(entry);
            }
        }
        return builder.buildIncomplete();
    }

    /** These prices with further factors; the entries were checked before. */
    ModelPrices adjusted(List<Adjustment> further) {
        Builder builder = builder(provider, model).currency(currency).standardForUnknownTier(standardForUnknownTier);
        matches.forEach(builder::addMatch);
        entries.forEach(builder::addEntry);
        adjustments.forEach(builder::addAdjustment);
        further.forEach(builder::addAdjustment);
        return builder.buildIncomplete();
    }

    /** These prices as a provider bills them who resells the model; ids that begin with the provider's name change with it. */
    ModelPrices billedBy(String other) {
        Builder builder = builder(other, model).currency(currency).standardForUnknownTier(standardForUnknownTier);
        matches.forEach(builder::addMatch);
        entries.forEach(entry -> builder.addEntry(entry.renamed(id -> renamed(id, other))));
        adjustments.forEach(builder::addAdjustment);
        return builder.buildIncomplete();
    }

    private String renamed(String id, String other) {
        return other + (id.startsWith(provider + '/') ? id.substring(provider.length()) : '/' + id);
    }

    private static boolean isUnknown(TokenUsage usage) {
        return usage.count(UsageKind.INPUT_TOKENS) < 0
                && usage.count(UsageKind.OUTPUT_TOKENS) < 0
                && usage.details().isEmpty();
    }

    private @Nullable CompiledEntry select(PricingContext context) {
        Timeline timeline = context.knownAt() == null ? latest : Timeline.of(entries, adjustments, context.knownAt());
        return timeline.select(context);
    }

    private static RatePlan plan(CompiledEntry entry, TokenUsage usage, PricingContext context) {
        return entry.plan(Math.max(0, usage.count(UsageKind.INPUT_TOKENS)), context);
    }

    private Cost unpriced(String reason, @Nullable String bookVersion) {
        return new Cost(CostState.UNPRICED, null, currency, List.of(), null, reason, bookVersion);
    }

    /**
     * Returns the provider, who bills.
     *
     * @return the provider's id
     */
    public String provider() {
        return provider;
    }

    /**
     * The model.
     *
     * @return the model's id at the provider
     */
    public String model() {
        return model;
    }

    /**
     * The currency of all prices of this model.
     *
     * @return an ISO 4217 code
     */
    public String currency() {
        return currency;
    }

    /**
     * Other names of the model.
     *
     * @return the clauses, tried in order after the id itself
     */
    public List<ModelMatch> matches() {
        return matches;
    }

    /**
     * All entries, corrected ones included.
     *
     * @return the entries in the order of the book
     */
    public List<PriceEntry> entries() {
        return entries;
    }

    /**
     * The factors on the prices.
     *
     * @return the adjustments in the order of the book
     */
    public List<Adjustment> adjustments() {
        return adjustments;
    }

    /**
     * Returns true if the standard price stands in at a service tier that has none.
     *
     * @return true if the standard price stands in and the cost is an estimate; false if the cost is unpriced
     */
    public boolean isStandardForUnknownTier() {
        return standardForUnknownTier;
    }

    String name() {
        return provider + '/' + model;
    }

    /**
     * Collects the prices of a model. Not safe for use by several threads.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private final String provider;
        private final String model;
        private String currency = "USD";
        private final List<ModelMatch> matches = new ArrayList<>();
        private final List<PriceEntry> entries = new ArrayList<>();
        private final List<Adjustment> adjustments = new ArrayList<>();
        private boolean standardForUnknownTier;

        private Builder(String provider, String model) {
            this.provider = provider;
            this.model = model;
        }

        /**
         * Sets the currency of all prices; USD by default.
         *
         * @param code an ISO 4217 code
         * @return this builder
         */
        public Builder currency(String code) {
            this.currency = code;
            return this;
        }

        /**
         * Adds another name of the model.
         *
         * @param match what a name must look like
         * @return this builder
         */
        public Builder addMatch(ModelMatch match) {
            matches.add(match);
            return this;
        }

        /**
         * Adds prices.
         *
         * @param entry an entry with an id of its own
         * @return this builder
         */
        public Builder addEntry(PriceEntry entry) {
            entries.add(entry);
            return this;
        }

        /**
         * Adds a factor on the prices.
         *
         * @param adjustment the factor
         * @return this builder
         */
        public Builder addAdjustment(Adjustment adjustment) {
            adjustments.add(adjustment);
            return this;
        }

        /**
         * Lets the standard price stand in at service tiers that have none. The cost is then an estimate; without this
         * it is unpriced.
         *
         * @param stands true to let it stand in
         * @return this builder
         */
        public Builder standardForUnknownTier(boolean stands) {
            this.standardForUnknownTier = stands;
            return this;
        }

        /**
         * Makes the prices.
         *
         * @return the prices
         * @throws PriceBookException if entries overlap, leave gaps or lack the price of a whole or an overlap
         */
        public ModelPrices build() {
            ModelPrices prices = compile();
            List<PriceBookException.Problem> problems = new ArrayList<>(new PriceCheck(prices).problems());
            problems.addAll(PriceCheck.incompleteRates(prices));
            return checked(prices, problems);
        }

        /** As {@link #build()}, but rates may lack wholes and overlaps; the importer has reported those. */
        public ModelPrices buildIncomplete() {
            ModelPrices prices = compile();
            return checked(prices, new PriceCheck(prices).problems());
        }

        private ModelPrices compile() {
            if (adjustments.size() > CompiledEntry.MAX_ADJUSTMENTS) {
                throw new PriceBookException(List.of(new PriceBookException.Problem(
                        provider + '/' + model,
                        "adjustments are " + adjustments.size() + " — at most " + CompiledEntry.MAX_ADJUSTMENTS
                                + " — merge some")));
            }
            return new ModelPrices(this);
        }

        private static ModelPrices checked(ModelPrices prices, List<PriceBookException.Problem> problems) {
            if (!problems.isEmpty()) {
                throw new PriceBookException(
                        problems.stream().map(p -> p.in(prices.name())).toList());
            }
            return prices;
        }
    }
}
