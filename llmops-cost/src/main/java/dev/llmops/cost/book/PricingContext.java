package dev.llmops.cost.book;

import dev.llmops.cost.internal.ServiceTiers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Properties of a call that a price may depend on besides the usage: its start, the service tier and region in which it was
 * served, and anything else a book asks for.
 *
 * <p>The service tier is the one that the <em>response</em> reports, because providers downgrade requests. Batch
 * processing is the tier {@code batch}; {@code fast} is another name for {@code priority}.
 *
 * @since 0.1.0
 */
public final class PricingContext {

    private final Instant at;
    private final @Nullable Instant knownAt;
    private final String serviceTier;
    private final @Nullable String region;
    private final Map<String, String> attributes;

    private PricingContext(Builder builder) {
        this.at = builder.at;
        this.knownAt = builder.knownAt;
        this.serviceTier = builder.serviceTier;
        this.region = builder.region;
        this.attributes = Map.copyOf(builder.attributes);
    }

    /**
     * A standard call that started at an instant.
     *
     * @param at when the call started
     * @return the context
     */
    public static PricingContext at(Instant at) {
        return builder(at).build();
    }

    /**
     * Begins a context.
     *
     * @param at when the call started; results of a batch are priced at the start too
     * @return a builder
     */
    public static Builder builder(Instant at) {
        return new Builder(at);
    }

    /**
     * Returns the start of the call.
     *
     * @return the instant that selects the price
     */
    public Instant at() {
        return at;
    }

    /**
     * The moment whose knowledge is asked for.
     *
     * @return an instant, or null for everything the book knows
     */
    public @Nullable Instant knownAt() {
        return knownAt;
    }

    /**
     * The service tier.
     *
     * @return a canonical lower-case name; {@code standard} by default
     */
    public String serviceTier() {
        return serviceTier;
    }

    boolean isStandardTier() {
        return serviceTier.equals(ServiceTiers.STANDARD);
    }

    @Nullable
    String property(String name) {
        return switch (name) {
            case Conditions.SERVICE_TIER -> serviceTier;
            case Conditions.REGION -> region;
            default -> attributes.get(name);
        };
    }

    /**
     * Collects the properties of a call. Not safe for use by several threads.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private final Instant at;
        private @Nullable Instant knownAt;
        private String serviceTier = ServiceTiers.STANDARD;
        private @Nullable String region;
        private Map<String, String> attributes = Map.of();

        private Builder(Instant at) {
            this.at = at;
        }

        /**
         * Asks for the price as the book knew it at some moment, instead of with all later corrections.
         *
         * @param instant the moment of knowledge
         * @return this builder
         */
        public Builder knownAt(Instant instant) {
            this.knownAt = instant;
            return this;
        }

        /**
         * Names the service tier that the response reported.
         *
         * @param tier a tier such as {@code flex}, {@code priority} or {@code batch}; null for standard
         * @return this builder
         */
        public Builder serviceTier(@Nullable String tier) {
            this.serviceTier =
                    tier == null ? ServiceTiers.STANDARD : Conditions.normalise(Conditions.SERVICE_TIER, tier);
            return this;
        }

        /**
         * Names the region that served the call.
         *
         * @param name a region such as {@code eu}; null if unknown
         * @return this builder
         */
        public Builder region(@Nullable String name) {
            this.region = name == null ? null : Conditions.normalise(Conditions.REGION, name);
            return this;
        }

        /**
         * Adds a property that conditions of the book may name.
         *
         * @param name the property
         * @param value its value
         * @return this builder
         */
        public Builder attribute(String name, String value) {
            attributes = attributes.isEmpty() ? new HashMap<>() : attributes;
            attributes.put(name, Conditions.normalise(name, value));
            return this;
        }

        /**
         * Makes the context.
         *
         * @return the context
         */
        public PricingContext build() {
            return new PricingContext(this);
        }
    }
}
