package dev.llmops.slo.engine;

import dev.llmops.core.privacy.SafeText;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.ObjectiveSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The excluded time of an engine: that of its objectives' file, and what was added while it, or its predecessor, ran. */
final class Exclusions {

    private static final Logger LOG = LoggerFactory.getLogger("llmops.slo");

    private final List<Exclusion> given;
    private final List<Exclusion> added;
    private final Set<String> names;

    Exclusions(ObjectiveSet set, List<Exclusion> earlier) {
        given = set.exclusions();
        added = new ArrayList<>(earlier);
        names = Stream.concat(
                        set.objectives().stream().map(Objective::name),
                        set.composites().stream().map(CompositeObjective::name))
                .collect(Collectors.toUnmodifiableSet());
    }

    synchronized List<Exclusion> all() {
        return Stream.concat(given.stream(), added.stream()).distinct().toList();
    }

    /** Returns those that the next process cannot read from the objectives' file. */
    synchronized List<Exclusion> added() {
        return List.copyOf(added);
    }

    boolean isExcluded(String objective, Instant now) {
        return all().stream()
                .anyMatch(each -> each.appliesTo(objective)
                        && each.from().isBefore(now)
                        && !each.to().isBefore(now));
    }

    synchronized void add(Exclusion exclusion) {
        if (!names.containsAll(exclusion.objectives())) {
            throw new IllegalArgumentException("objectives are " + exclusion.objectives() + " — allowed are "
                    + names.stream().sorted().toList() + " — name these, or none for all");
        }
        added.add(exclusion);
        LOG.info("Excluded from {}: {}", scope(exclusion), SafeText.plain(exclusion.toString()));
    }

    synchronized boolean withdraw(Exclusion exclusion) {
        boolean wasThere = added.remove(exclusion);
        if (wasThere) {
            LOG.info("No longer excluded from {}: {}", scope(exclusion), SafeText.plain(exclusion.toString()));
        }
        return wasThere;
    }

    private static String scope(Exclusion exclusion) {
        return exclusion.objectives().isEmpty() ? "all objectives" : String.join(", ", exclusion.objectives());
    }
}
