package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.ModelMatch;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads OpenRouter's list of models: prices in US dollars per token, request, image or search, as text.
 *
 * <p>A 0 beside the prices of input and output means that there is no price of its own, not that it is free; below 0, as
 * for {@code openrouter/auto}, that the price depends on the model that is chosen. An override holds from its smallest
 * number of prompt tokens on.
 */
final class OpenRouterData {

    private static final String PROVIDER = "openrouter";
    private static final String OVERRIDES = "overrides";
    private static final String SMALLEST_PROMPT = "min_prompt_tokens";

    private static final Map<String, UsageKind> KINDS = Map.of(
            "prompt", UsageKind.INPUT_TOKENS,
            "completion", UsageKind.OUTPUT_TOKENS,
            "internal_reasoning", UsageKind.OUTPUT_REASONING_TOKENS,
            "input_cache_read", UsageKind.CACHE_READ_TOKENS,
            "input_cache_write", UsageKind.CACHE_WRITE_TOKENS,
            "audio", UsageKind.INPUT_AUDIO_TOKENS,
            "image", UsageKind.INPUT_IMAGES,
            "web_search", UsageKind.WEB_SEARCHES,
            "request", UsageKind.REQUESTS);

    /** The prices that may be 0. */
    private static final Set<String> MAIN = Set.of("prompt", "completion");

    private final ImportDates dates;
    private final ImportFindings findings = new ImportFindings();
    private final ImportedModels models = new ImportedModels(findings);

    OpenRouterData(ImportDates dates) {
        this.dates = dates;
    }

    PriceImport read(String json) {
        JsonNode list = ForeignJson.read(json, findings::addDuplicate).path("data");
        if (!list.isArray()) {
            throw new IllegalArgumentException("the file (" + list.getNodeType()
                    + " under data) is not OpenRouter's list — allowed is an object with a list of models under data —"
                    + " check which file it is");
        }
        list.forEach(each -> {
            String id = each.path("id").asString("");
            findings.enter(id);
            models.add(PROVIDER, id, () -> readModel(id, each));
        });
        return new PriceImport(
                PriceBook.of(dates.published(), models.all()),
                findings.report(list.size(), models.all().size()));
    }

    private ModelPrices readModel(String id, JsonNode model) {
        ModelPrices.Builder builder = ModelPrices.builder(PROVIDER, id);
        String slug = model.path("canonical_slug").asString(id);
        if (!slug.equals(id)) {
            builder.addMatch(new ModelMatch.Equal(slug));
        }
        JsonNode pricing = model.path("pricing");
        if (isDynamic(pricing)) {
            findings.add(
                    PriceImport.Report.Kind.WITHOUT_PRICE, "", "costs what the chosen model costs; calls are unpriced");
        } else if (pricing.isObject()) {
            PriceSteps steps = new PriceSteps(findings);
            readRates(steps, "", pricing, 0);
            pricing.path(OVERRIDES).forEach(override -> readOverride(steps, override));
            dates.addEntry(builder, PROVIDER + '/' + id, steps, findings);
        } else {
            findings.addWithoutPrice();
        }
        return builder.buildIncomplete();
    }

    private static boolean isDynamic(JsonNode pricing) {
        return pricing.path("prompt").asString("").startsWith("-");
    }

    private void readOverride(PriceSteps steps, JsonNode override) {
        long from = ForeignJson.tokens(override.path(SMALLEST_PROMPT));
        if (from >= 0) {
            readRates(steps, OVERRIDES + '.', override, from);
        } else {
            findings.add(
                    PriceImport.Report.Kind.NOT_REPRESENTED,
                    OVERRIDES,
                    "only those by the size of the prompt are read");
        }
    }

    private void readRates(PriceSteps steps, String prefix, JsonNode prices, long from) {
        for (Map.Entry<String, JsonNode> price : prices.properties()) {
            String key = price.getKey();
            UsageKind kind = KINDS.get(key);
            if (kind != null && (MAIN.contains(key) || !isZero(price.getValue()))) {
                steps.add(prefix + key, kind, price.getValue(), BigDecimal.ONE, from);
            } else if (kind == null && !Set.of(OVERRIDES, SMALLEST_PROMPT).contains(key) && !isZero(price.getValue())) {
                findings.add(PriceImport.Report.Kind.NOT_REPRESENTED, prefix + key, "no such unit");
            }
        }
    }

    private static boolean isZero(JsonNode value) {
        return value.isNull() || value.asString("").matches("0(\\.0*)?");
    }
}
