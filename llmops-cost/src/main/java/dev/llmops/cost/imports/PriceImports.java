package dev.llmops.cost.imports;

import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the price files of other projects. What a book cannot express is in the report, and an entry that cannot be read
 * never costs the others. To take over a newer file of the same kind, see {@link PriceBook#updatedBy}.
 *
 * @since 0.1.0
 */
public final class PriceImports {

    private static final String SAMPLE = "sample_spec";

    private PriceImports() {}

    /**
     * Reads LiteLLM's file {@code model_prices_and_context_window.json}. Its prices have no dates, so they hold from the
     * day of the file on.
     *
     * @param json the content of the file
     * @param published the day of the file
     * @return the book and the report
     * @throws IllegalArgumentException if the text is no JSON object
     */
    public static PriceImport liteLlm(String json, Instant published) {
        ImportFindings findings = new ImportFindings();
        JsonNode file = ForeignJson.read(json, findings::addDuplicate);
        if (!file.isObject()) {
            throw new IllegalArgumentException("the file (" + file.getNodeType()
                    + ") is not a LiteLLM price file — allowed is an object of models — check which file it is");
        }
        List<ModelPrices> models = new ArrayList<>();
        file.properties().forEach(each -> {
            findings.enter(each.getKey());
            if (!each.getValue().isObject()) {
                findings.add(ImportReport.Kind.SKIPPED, "", "is no object with prices");
            } else if (each.getKey().equals(SAMPLE)) {
                findings.add(ImportReport.Kind.SKIPPED, "", "documents the format and is no model");
            } else {
                readLiteLlm(each.getKey(), each.getValue(), findings, published, models);
            }
        });
        return new PriceImport(PriceBook.of(published, models), findings.report(file.size(), models.size()));
    }

    private static void readLiteLlm(
            String model, JsonNode entry, ImportFindings findings, Instant published, List<ModelPrices> models) {
        boolean priced = false;
        for (Map.Entry<String, JsonNode> property : entry.properties()) {
            if (LiteLlmFormat.isPriceKey(property.getKey())
                    && !property.getValue().isNull()) {
                findings.countPriceKey(property.getKey());
                priced = true;
            }
        }
        if (!priced) {
            findings.add(ImportReport.Kind.WITHOUT_PRICE, "", "has no price; calls of it will be unpriced");
        }
        String provider = liteLlmProvider(entry.path("litellm_provider").asString(""));
        try {
            models.add(LiteLlmFormat.read(provider, model, entry, findings, published));
        } catch (RuntimeException e) {
            findings.add(ImportReport.Kind.SKIPPED, "", String.valueOf(e.getMessage()));
        }
    }

    /** LiteLLM files the models of one provider under several names, one for each API. */
    private static String liteLlmProvider(String name) {
        if (name.startsWith("vertex_ai")) {
            return "vertex_ai";
        }
        return name.startsWith("bedrock") && !name.equals("bedrock_mantle") ? "bedrock" : name;
    }

    /**
     * Reads the data of genai-prices in its second version: providers with models, dated prices and hours.
     *
     * @param json the content of the file
     * @param published the day of the file
     * @return the book and the report
     * @throws IllegalArgumentException if the text is no JSON array of providers
     */
    public static PriceImport genaiPrices(String json, Instant published) {
        return new GenaiPricesData(published).read(json);
    }
}
