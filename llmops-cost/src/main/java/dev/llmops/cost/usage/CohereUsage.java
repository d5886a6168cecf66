package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.UsageCounts;
import tools.jackson.databind.JsonNode;

/** Usage blocks of Cohere, in which {@code billed_units} is billed and {@code tokens} only informs. */
final class CohereUsage {

    static final String BILLED_UNITS = "billed_units";

    private CohereUsage() {}

    static TokenUsage usage(JsonNode block) {
        JsonNode billed = block.path(BILLED_UNITS);
        ReportedTotals totals = ReportedTotals.of(
                UsageReader.reported(billed, "input_tokens"),
                UsageReader.reported(billed, "output_tokens"),
                UsageCounts.NOT_REPORTED);
        TokenUsage usage = TokenUsage.inclusive(totals.inputOrZero(), totals.outputOrZero());
        long searches = UsageReader.count(billed, "search_units");
        usage = searches > 0 ? usage.with(UsageKind.RERANK_SEARCHES, searches) : usage;
        long images = UsageReader.count(billed, "images");
        return totals.unlessNothingWasRead(images > 0 ? usage.with(UsageKind.INPUT_IMAGES, images) : usage);
    }
}
