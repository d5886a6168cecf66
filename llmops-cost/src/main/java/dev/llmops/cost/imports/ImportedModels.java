package dev.llmops.cost.imports;

import dev.llmops.cost.book.ModelPrices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Collects the models of a list: each once, and none lost because another could not be read. */
final class ImportedModels {

    private final ImportFindings findings;
    private final Map<String, ModelPrices> byName = new LinkedHashMap<>();

    ImportedModels(ImportFindings findings) {
        this.findings = findings;
    }

    /** Reads a model, of which the last one of a name counts; reports why if that cannot be. */
    void add(String provider, String model, Supplier<ModelPrices> reader) {
        if (provider.isBlank() || model.isBlank()) {
            findings.add(PriceImport.Report.Kind.SKIPPED, "", "does not name both provider and model");
            return;
        }
        try {
            // Names are looked up without regard to case.
            if (byName.put((provider + '/' + model).toLowerCase(Locale.ROOT), reader.get()) != null) {
                findings.add(PriceImport.Report.Kind.DUPLICATE, "", "is there twice; the last one counts");
            }
        } catch (RuntimeException e) {
            findings.add(PriceImport.Report.Kind.SKIPPED, "", String.valueOf(e.getMessage()));
        }
    }

    List<ModelPrices> all() {
        return new ArrayList<>(byName.values());
    }
}
