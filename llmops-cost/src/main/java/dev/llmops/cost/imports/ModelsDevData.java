package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the {@code api.json} of models.dev: providers with models, each with a cost in US dollars per million tokens.
 *
 * <p>A tier of the kind {@code context} begins above its size. Where there are tiers, {@code context_over_200k} repeats
 * the first of them in an older form and is left out.
 */
final class ModelsDevData {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final String TIERS = "tiers";
    private static final String OVER_200K = "context_over_200k";

    private static final Map<String, UsageKind> KINDS = Map.of(
            "input", UsageKind.INPUT_TOKENS,
            "output", UsageKind.OUTPUT_TOKENS,
            "reasoning", UsageKind.OUTPUT_REASONING_TOKENS,
            "cache_read", UsageKind.CACHE_READ_TOKENS,
            "cache_write", UsageKind.CACHE_WRITE_TOKENS,
            "input_audio", UsageKind.INPUT_AUDIO_TOKENS,
            "output_audio", UsageKind.OUTPUT_AUDIO_TOKENS);

    private final ImportDates dates;
    private final ImportFindings findings = new ImportFindings();
    private final ImportedModels models = new ImportedModels(findings);
    private int entries;

    ModelsDevData(ImportDates dates) {
        this.dates = dates;
    }

    PriceImport read(String json) {
        JsonNode file = ForeignJson.read(json, findings::addDuplicate);
        if (!file.isObject()) {
            throw new IllegalArgumentException("the file (" + file.getNodeType()
                    + ") is not models.dev's list — allowed is an object of providers — check which file it is");
        }
        file.properties().forEach(each -> readProvider(each.getKey(), each.getValue()));
        return new PriceImport(
                PriceBook.of(dates.published(), models.all()),
                findings.report(entries, models.all().size()));
    }

    private void readProvider(String id, JsonNode provider) {
        if (!provider.path("models").isObject()) {
            findings.enter(id);
            findings.add(PriceImport.Report.Kind.SKIPPED, "", "is no provider with models");
            return;
        }
        provider.path("models").properties().forEach(each -> {
            entries++;
            findings.enter(id + '/' + each.getKey());
            models.add(
                    id,
                    each.getKey(),
                    () -> readModel(id, each.getKey(), each.getValue().path("cost")));
        });
    }

    private ModelPrices readModel(String provider, String model, JsonNode cost) {
        ModelPrices.Builder builder = ModelPrices.builder(provider, model);
        if (cost.isObject()) {
            PriceSteps steps = new PriceSteps(findings);
            readRates(steps, "", cost, 0);
            cost.path(TIERS).forEach(tier -> readTier(steps, tier));
            if (!cost.has(TIERS)) {
                readRates(steps, OVER_200K + '.', cost.path(OVER_200K), 200_001);
            }
            dates.addEntry(builder, provider + '/' + model, steps, findings);
        } else {
            findings.addWithoutPrice();
        }
        return builder.buildIncomplete();
    }

    private void readTier(PriceSteps steps, JsonNode tier) {
        long size = ForeignJson.tokens(tier.path("tier").path("size"));
        if (tier.path("tier").path("type").asString("").equals("context") && size >= 0) {
            readRates(steps, TIERS + '.', tier, size + 1);
        } else {
            findings.add(
                    PriceImport.Report.Kind.NOT_REPRESENTED, TIERS, "only tiers by the size of the context are read");
        }
    }

    private void readRates(PriceSteps steps, String prefix, JsonNode cost, long from) {
        for (Map.Entry<String, JsonNode> price : cost.properties()) {
            UsageKind kind = KINDS.get(price.getKey());
            if (kind != null) {
                steps.add(prefix + price.getKey(), kind, price.getValue(), MILLION, from);
            } else if (!List.of("tier", TIERS, OVER_200K).contains(price.getKey())) {
                findings.add(PriceImport.Report.Kind.NOT_REPRESENTED, prefix + price.getKey(), "no such unit");
            }
        }
    }
}
