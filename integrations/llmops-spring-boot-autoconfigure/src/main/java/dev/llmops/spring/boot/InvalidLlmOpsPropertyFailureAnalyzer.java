package dev.llmops.spring.boot;

import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;

/** Says which property stopped the start, what is wrong with it, and what to do. */
final class InvalidLlmOpsPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidLlmOpsPropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidLlmOpsPropertyException cause) {
        BindException binding = findCause(rootFailure, BindException.class);
        String problems =
                cause.problems().stream().map(problem -> "    " + problem).collect(Collectors.joining("\n"));
        String description =
                "llmops cannot use '" + property(cause, binding) + "'" + origin(binding) + ":\n\n" + problems;
        return new FailureAnalysis(description, cause.remedy(), rootFailure);
    }

    private static String property(InvalidLlmOpsPropertyException cause, @Nullable BindException binding) {
        if (cause.property() != null) {
            return cause.property();
        }
        return binding == null ? "llmops" : binding.getName().toString();
    }

    private static String origin(@Nullable BindException binding) {
        Origin origin = binding == null ? null : Origin.from(binding.getProperty());
        return origin == null ? "" : " (from " + origin + ")";
    }
}
