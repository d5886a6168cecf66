package dev.llmops.spring.boot;

import dev.llmops.spring.boot.internal.ObservedBeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;

/**
 * Says what is measured, what is not, and why. The reasons are Spring Boot's own: the conditions that did not hold.
 *
 * @since 0.1.0
 */
public final class MeasurementReport {

    private static final String CONDITION = "^@?Conditional\\w*( \\([^)]*\\))? ";
    private static final Pattern MISSING_BEAN = Pattern.compile(
            "@?ConditionalOn(SingleCandidate|Bean) \\(types: (?<type>[^;,]+).*\\) did not find any beans.*");
    private static final String UNKNOWN = "it was left out when the application was built";

    /** The auto-configuration of each area, by name, since the classes that it needs may be absent. */
    private static final List<Map.Entry<String, String>> AREAS = List.of(
            Map.entry("metrics", "dev.llmops.spring.boot.metrics.LlmOpsMetricsAutoConfiguration"),
            Map.entry("spans", "dev.llmops.spring.boot.tracing.LlmOpsTracingAutoConfiguration"),
            Map.entry("logs", "dev.llmops.spring.boot.logging.LlmOpsLoggingAutoConfiguration"),
            Map.entry("redaction", "dev.llmops.spring.boot.redaction.LlmOpsRedactionAutoConfiguration"),
            Map.entry("cost", "dev.llmops.spring.boot.cost.LlmOpsCostAutoConfiguration"),
            Map.entry("budgets", "dev.llmops.spring.boot.cost.LlmOpsBudgetsAutoConfiguration"),
            Map.entry("ledger", "dev.llmops.spring.boot.cost.LlmOpsLedgerAutoConfiguration"),
            Map.entry("objectives", "dev.llmops.spring.boot.slo.LlmOpsSloAutoConfiguration"),
            Map.entry("@LlmObserved", "dev.llmops.spring.boot.aspect.LlmOpsAspectAutoConfiguration"),
            Map.entry("LangChain4j", "dev.llmops.spring.boot.langchain4j.LlmOpsLangChain4jAutoConfiguration"),
            Map.entry("Spring AI", "dev.llmops.spring.boot.springai.LlmOpsSpringAiAutoConfiguration"));

    /**
     * An area that is not measured.
     *
     * @param name the area, such as {@code ledger}
     * @param reason why not: the first condition of its auto-configuration that does not hold
     */
    public record UnmeasuredArea(String name, String reason) {

        @Override
        public String toString() {
            return name + " (" + reason + ")";
        }
    }

    private final List<Area> measured;
    private final List<UnmeasuredArea> unmeasured;
    private final ObjectProvider<ObservedBeans> observed;

    MeasurementReport(
            ObjectProvider<Area> areas, ObjectProvider<ObservedBeans> observed, ConfigurableListableBeanFactory beans) {
        this.observed = observed;
        this.measured = areas.orderedStream().toList();
        Set<String> names = measured.stream().map(Area::name).collect(Collectors.toSet());
        Map<String, ConditionAndOutcomes> conditions =
                ConditionEvaluationReport.get(beans).getConditionAndOutcomesBySource();
        List<UnmeasuredArea> missing = new ArrayList<>();
        for (Map.Entry<String, String> area : AREAS) {
            if (!names.contains(area.getKey())) {
                missing.add(new UnmeasuredArea(area.getKey(), reason(conditions, area.getValue())));
            }
        }
        this.unmeasured = List.copyOf(missing);
    }

    private static String reason(Map<String, ConditionAndOutcomes> conditions, String configuration) {
        return conditions.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(configuration))
                .flatMap(entry -> entry.getValue().stream())
                .filter(condition -> !condition.getOutcome().isMatch())
                .map(MeasurementReport::sentence)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Returns the sentence of Spring Boot without the name of the condition at its beginning. */
    private static String sentence(ConditionAndOutcome condition) {
        String message = String.valueOf(condition.getOutcome().getMessage());
        Matcher missingBean = MISSING_BEAN.matcher(message);
        return missingBean.matches()
                ? "there is no bean of type " + missingBean.group("type")
                : message.replaceFirst(CONDITION, "").strip();
    }

    /**
     * Returns the areas that are measured.
     *
     * @return the areas, in the order of their beans
     */
    public List<Area> measured() {
        return measured;
    }

    /**
     * Returns the areas that are not measured, and models that cannot be observed themselves.
     *
     * @return the areas with the reasons
     */
    public List<UnmeasuredArea> unmeasured() {
        Stream<UnmeasuredArea> models = observed.stream()
                .flatMap(beans -> beans.unobserved().stream())
                .map(bean -> new UnmeasuredArea("calls of the bean " + bean, "its class is final"));
        return Stream.concat(unmeasured.stream(), models).toList();
    }

    /** Returns the line of the log. */
    @Override
    public String toString() {
        return "llmops measures " + join(measured) + "; it does not measure " + join(unmeasured());
    }

    private static String join(List<?> areas) {
        return areas.isEmpty()
                ? "nothing"
                : areas.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /**
     * An area that is measured. Each auto-configuration of llmops adds a bean of this type, and so may the application.
     *
     * @param name the area, such as {@code metrics}
     * @param detail where its figures go, in a few words
     */
    public record Area(String name, String detail) {

        @Override
        public String toString() {
            return detail.isEmpty() ? name : name + " (" + detail + ")";
        }
    }
}
