package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import tools.jackson.databind.JsonNode;

/** Usage blocks of Cohere, in which {@code billed_units} is billed and {@code tokens} only informs. */
final class CohereUsage {

    static final String BILLED_UNITS = "billed_units";

    private CohereUsage() {}

    static TokenUsage usage(JsonNode block) {
        JsonNode billed = block.path(BILLED_UNITS);
        long searches = Count.of(billed, "search_units");
        // Who bills searches or images alone uses no tokens, also where there were none of either.
        long images = Count.of(billed, "images");
        long input = Count.of(billed, "input_tokens");
        boolean unitsAlone = input == Count.NOT_REPORTED && Math.max(searches, images) >= 0;
        ReportedTotals totals =
                ReportedTotals.of(unitsAlone ? 0 : input, Count.of(billed, "output_tokens"), Count.NOT_REPORTED);
        long imageTokens = UsageReader.count(billed, "image_tokens");
        TokenUsage usage = totals.inclusive(imageTokens, 0);
        usage = imageTokens > 0 ? usage.with(UsageKind.INPUT_IMAGE_TOKENS, imageTokens) : usage;
        usage = searches > 0 ? usage.with(UsageKind.RERANK_SEARCHES, searches) : usage;
        return totals.unlessNothingWasRead(images > 0 ? usage.with(UsageKind.INPUT_IMAGES, images) : usage);
    }
}
