package dev.llmops.cost;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.usage.UsageReading;

/** Prices a usage as that of a recorded call: at its start, its tier and region, by the model that answered. */
final class CallPricing {

    private CallPricing() {}

    static Cost price(PriceBook book, CallRecord record, TokenUsage usage) {
        String provider = record.info().provider();
        String model = book.billedModel(provider, record.info().requestModel(), record.responseModel());
        return book.price(provider, model, usage, context(record));
    }

    private static PricingContext context(CallRecord record) {
        if (record.attributes().isEmpty()) {
            return PricingContext.at(record.info().startedAt());
        }
        PricingContext.Builder context = PricingContext.builder(record.info().startedAt());
        record.attributes().forEach((name, value) -> {
            if (value instanceof String text) {
                switch (name) {
                    case UsageReading.SERVICE_TIER_ATTRIBUTE -> context.serviceTier(text);
                    case UsageReading.REGION_ATTRIBUTE -> context.region(text);
                    default -> context.attribute(name, text);
                }
            }
        });
        return context.build();
    }
}
