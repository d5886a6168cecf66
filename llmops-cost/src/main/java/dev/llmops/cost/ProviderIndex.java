package dev.llmops.cost;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the prices of a model by the names that a call gives: the exact id first, then the match rules in the order of
 * the book, then the provider whose models this one resells.
 *
 * <p>What was found is remembered, up to a bound: model names come from callers.
 */
final class ProviderIndex {

    private static final int MAX_REMEMBERED = 10_000;

    private final Map<String, List<ModelPrices>> byProvider = new HashMap<>();
    private final Map<String, String> providerOfAlias = new HashMap<>();
    private final Map<String, String> resells = new HashMap<>();
    private final Map<String, Map<String, Optional<ModelPrices>>> remembered = new ConcurrentHashMap<>();
    private final AtomicInteger rememberedCount = new AtomicInteger();

    ProviderIndex(Collection<ModelPrices> models, Map<String, PriceBookFile.Provider> providers) {
        models.forEach(model -> byProvider
                .computeIfAbsent(lower(model.provider()), provider -> new ArrayList<>())
                .add(model));
        providers.forEach((id, provider) -> {
            provider.aliases().forEach(alias -> providerOfAlias.put(lower(alias), lower(id)));
            if (provider.resells() != null) {
                resells.put(lower(id), lower(provider.resells()));
            }
        });
    }

    Optional<ModelPrices> find(String provider, String model) {
        Map<String, Optional<ModelPrices>> ofProvider = remembered.get(provider);
        Optional<ModelPrices> known = ofProvider == null ? null : ofProvider.get(model);
        return known != null ? known : search(provider, model);
    }

    private Optional<ModelPrices> search(String provider, String model) {
        String id = lower(provider);
        id = providerOfAlias.getOrDefault(id, id);
        String resold = resells.get(id);
        ModelPrices found = searchAt(id, model);
        if (found == null && resold != null) {
            found = searchAt(resold, model);
        }
        Optional<ModelPrices> result = Optional.ofNullable(found);
        if (rememberedCount.get() < MAX_REMEMBERED) {
            rememberedCount.incrementAndGet();
            remembered.computeIfAbsent(provider, p -> new ConcurrentHashMap<>()).put(model, result);
        }
        return result;
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
