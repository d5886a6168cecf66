package dev.llmops.cost.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the prices of a model by the names that a call gives: the exact id first, then the match rules in the order of
 * the book, then the provider whose models this one resells. A provider is known by its id, by the rules of the book, and
 * by the names that telemetry conventions and other price lists have for it.
 *
 * <p>What was found is remembered, up to a bound: model names come from callers.
 */
final class ProviderIndex {

    private static final int MAX_REMEMBERED = 10_000;

    /** No resource name has more. */
    private static final int MAX_FOLDERS = 20;

    private final Map<String, List<ModelPrices>> byProvider = new HashMap<>();
    private final Map<String, PriceBookFile.Provider> providers;
    private final Map<String, Map<String, Optional<ModelPrices>>> remembered = new ConcurrentHashMap<>();
    private final AtomicInteger rememberedCount = new AtomicInteger();

    ProviderIndex(Collection<ModelPrices> models, Map<String, PriceBookFile.Provider> providers) {
        models.forEach(model -> byProvider
                .computeIfAbsent(lower(model.provider()), provider -> new ArrayList<>())
                .add(model));
        this.providers = new LinkedHashMap<>(providers);
    }

    /** An index of other models with the providers of this one and another. */
    ProviderIndex with(Collection<ModelPrices> models, ProviderIndex other) {
        Map<String, PriceBookFile.Provider> all = new LinkedHashMap<>(providers);
        all.putAll(other.providers);
        return new ProviderIndex(models, all);
    }

    Map<String, PriceBookFile.Provider> providers() {
        return providers;
    }

    Optional<ModelPrices> find(String provider, String model) {
        Map<String, Optional<ModelPrices>> ofProvider = remembered.get(provider);
        Optional<ModelPrices> known = ofProvider == null ? null : ofProvider.get(model);
        return known != null ? known : search(provider, model);
    }

    private Optional<ModelPrices> search(String provider, String model) {
        String id = idOf(provider);
        ModelPrices found = searchPath(id, model);
        PriceBookFile.Provider described = providers.get(id);
        for (String resold : described == null ? List.<String>of() : described.resells()) {
            found = found == null ? searchPath(lower(resold), model) : found;
        }
        Optional<ModelPrices> result = Optional.ofNullable(found);
        if (rememberedCount.get() < MAX_REMEMBERED) {
            rememberedCount.incrementAndGet();
            remembered.computeIfAbsent(provider, p -> new ConcurrentHashMap<>()).put(model, result);
        }
        return result;
    }

    private String idOf(String provider) {
        String name = lower(provider);
        for (Map.Entry<String, PriceBookFile.Provider> each : providers.entrySet()) {
            boolean isAlias = each.getValue().aliases().stream().anyMatch(alias -> alias.matchesLowerCase(name));
            if (each.getKey().equals(name) || isAlias) {
                return each.getKey();
            }
        }
        return ProviderNames.synonyms(name).stream()
                .filter(synonym -> byProvider.containsKey(synonym) || providers.containsKey(synonym))
                .findFirst()
                .orElse(name);
    }

    /** Looks for the whole name, then for what is behind each slash, as in {@code models/gemini-2.5-pro}. */
    private @Nullable ModelPrices searchPath(String provider, String model) {
        ModelPrices found = searchAt(provider, model);
        String rest = model;
        for (int folders = 0; found == null && folders < MAX_FOLDERS && rest.indexOf('/') >= 0; folders++) {
            rest = rest.substring(rest.indexOf('/') + 1);
            found = searchAt(provider, rest);
        }
        return found;
    }

    private @Nullable ModelPrices searchAt(String provider, String model) {
        String name = lower(
                model.length() > ModelMatch.MAX_NAME_LENGTH ? model.substring(0, ModelMatch.MAX_NAME_LENGTH) : model);
        List<ModelPrices> models = byProvider.getOrDefault(provider, List.of());
        for (ModelPrices each : models) {
            if (lower(each.model()).equals(name)) {
                return each;
            }
        }
        for (ModelPrices each : models) {
            for (ModelMatch match : each.matches()) {
                if (match.matchesLowerCase(name)) {
                    return each;
                }
            }
        }
        return null;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
