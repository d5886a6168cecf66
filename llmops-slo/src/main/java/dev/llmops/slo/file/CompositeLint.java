package dev.llmops.slo.file;

import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks that composites and exclusions name what is there, and that the members of a composite can be combined. */
final class CompositeLint {

    /** The path of the exclusions, without an index. */
    static final String EXCLUSIONS = "exclusions[";

    private final Map<String, Objective> objectives;
    private final List<Lint.Finding> findings = new ArrayList<>();

    private CompositeLint(ObjectiveSet set) {
        objectives = set.objectives().stream()
                .collect(Collectors.toMap(Objective::name, Function.identity(), (first, second) -> first));
    }

    static List<Lint.Finding> check(ObjectiveSet set) {
        CompositeLint lint = new CompositeLint(set);
        set.composites().forEach(lint::check);
        Set<String> names = Stream.concat(
                        lint.objectives.keySet().stream(),
                        set.composites().stream().map(CompositeObjective::name))
                .collect(Collectors.toSet());
        for (int i = 0; i < set.exclusions().size(); i++) {
            lint.check(set.exclusions().get(i), EXCLUSIONS + i + "]", names);
        }
        return lint.findings;
    }

    private void check(Exclusion exclusion, String place, Set<String> names) {
        Set<String> unknown = new HashSet<>(exclusion.objectives());
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            findings.add(new Lint.Finding(
                    Lint.Code.UNKNOWN_NAME,
                    place,
                    "objectives " + unknown.stream().sorted().toList() + " are not there — allowed are "
                            + names.stream().sorted().toList() + " — correct the name"));
        }
    }

    private void check(CompositeObjective composite) {
        List<String> unknown = composite.members().stream()
                .filter(name -> !objectives.containsKey(name))
                .toList();
        if (!unknown.isEmpty()) {
            found(
                    Lint.Code.UNKNOWN_NAME,
                    composite,
                    "members " + unknown + " are no objectives — allowed are "
                            + objectives.keySet().stream().sorted().toList() + " — correct the names");
            return;
        }
        List<Objective> members =
                composite.members().stream().map(objectives::get).toList();
        if (members.stream().anyMatch(member -> !member.groupBy().isEmpty())) {
            found(
                    Lint.Code.MEMBERS_CANNOT_COMBINE,
                    composite,
                    "a member has groups — only objectives with one status each — name objectives without groupBy");
        }
        requireSame(composite, members, "window", member -> member.window().toString());
        if (composite.sliceTarget().isEmpty()) {
            requireSame(composite, members, "kind of event", CompositeLint::kind);
        }
    }

    private static String kind(Objective objective) {
        return (objective.indicator().isJudgedLater() ? "judged later" : "calls")
                + (objective.indicator().isBinary() ? "" : ", in parts") + ", evaluated after "
                + objective.evaluationDelay();
    }

    private void requireSame(
            CompositeObjective composite, List<Objective> members, String what, Function<Objective, String> property) {
        List<String> values = members.stream().map(property).distinct().toList();
        if (values.size() > 1) {
            String remedy =
                    what.equals("window") ? "give them one window" : "set sliceTarget for a budget by time slices";
            found(
                    Lint.Code.MEMBERS_CANNOT_COMBINE,
                    composite,
                    "its members differ in " + what + " " + values + " — the same for all — " + remedy);
        }
    }

    private void found(Lint.Code code, CompositeObjective composite, String message) {
        findings.add(new Lint.Finding(code, composite.name(), message));
    }
}
