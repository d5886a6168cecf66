package dev.llmops.cost.imports;

import dev.llmops.cost.book.PriceBook;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads LiteLLM's price file. */
final class LiteLlmData {

    private static final String SAMPLE = "sample_spec";

    private final ImportDates dates;
    private final ImportFindings findings = new ImportFindings();
    private final ImportedModels models = new ImportedModels(findings);

    LiteLlmData(ImportDates dates) {
        this.dates = dates;
    }

    PriceImport read(String json) {
        JsonNode file = ForeignJson.read(json, findings::addDuplicate);
        if (!file.isObject()) {
            throw new IllegalArgumentException("the file (" + file.getNodeType()
                    + ") is not a LiteLLM price file — allowed is an object of models — check which file it is");
        }
        file.properties().forEach(each -> {
            findings.enter(each.getKey());
            if (!each.getValue().isObject()) {
                findings.add(PriceImport.Report.Kind.SKIPPED, "", "is no object with prices");
            } else if (each.getKey().equals(SAMPLE)) {
                findings.add(PriceImport.Report.Kind.SKIPPED, "", "documents the format and is no model");
            } else {
                readModel(each.getKey(), each.getValue());
            }
        });
        return new PriceImport(
                PriceBook.of(dates.published(), models.all()),
                findings.report(file.size(), models.all().size()));
    }

    private void readModel(String model, JsonNode entry) {
        boolean priced = false;
        for (Map.Entry<String, JsonNode> property : entry.properties()) {
            if (LiteLlmFormat.isPriceKey(property.getKey())
                    && !property.getValue().isNull()) {
                findings.countPriceKey(property.getKey());
                priced = true;
            }
        }
        if (!priced) {
            findings.addWithoutPrice();
        }
        String provider = provider(entry.path("litellm_provider").asString(""));
        models.add(provider, model, () -> LiteLlmFormat.read(provider, model, entry, findings, dates));
    }

    /** LiteLLM files the models of one provider under several names, one for each API. */
    private static String provider(String name) {
        if (name.startsWith("vertex_ai")) {
            return "vertex_ai";
        }
        return name.startsWith("bedrock") && !name.equals("bedrock_mantle") ? "bedrock" : name;
    }
}
