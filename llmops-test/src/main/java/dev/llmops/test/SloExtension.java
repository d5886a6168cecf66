package dev.llmops.test;

import dev.llmops.report.ReportFolder;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.ObjectiveSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Implements {@link SloTest}: one {@link SloRun} per test, judged and reported when the test returns. */
final class SloExtension implements ParameterResolver, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SloExtension.class);

    SloExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SloRun.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SloRun run = SloRun.of(objectives(context));
        context.getStore(NAMESPACE).put(SloRun.class, run);
        return run;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        SloRun run = context.getStore(NAMESPACE).get(SloRun.class, SloRun.class);
        if (run == null) {
            throw new ExtensionConfigurationException("@SloTest method " + context.getRequiredTestMethod()
                    + " has no parameter of type SloRun — it must have one — add it, and let it see the traffic");
        }
        Optional<Throwable> thrown = context.getExecutionException();
        List<Verdict> failures = run.failures(annotation(context).insufficientData());
        String explanation = thrown.isPresent() ? "The test threw " + thrown.get() : Verdict.summary(failures);
        Path report = folder(context).write(testName(context), run.report(title(context), explanation));
        context.publishReportEntry("llmops-report", report.toString());
        if (thrown.isEmpty() && !failures.isEmpty()) {
            throw new AssertionError(run.explain(failures) + "\n  report: " + report.toUri());
        }
    }

    private static ReportFolder folder(ExtensionContext context) {
        return new ReportFolder(context.getConfigurationParameter(SloTest.REPORTS_PROPERTY)
                .map(Path::of)
                .orElse(Path.of("target", "llmops")));
    }

    private static String testName(ExtensionContext context) {
        return context.getRequiredTestClass().getName() + "."
                + context.getRequiredTestMethod().getName();
    }

    private static String title(ExtensionContext context) {
        String method = context.getRequiredTestMethod().getName();
        String name = context.getRequiredTestClass().getSimpleName() + "." + method;
        String displayName = context.getDisplayName();
        return displayName.startsWith(method) ? name : name + ": " + displayName;
    }

    private static SloTest annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), SloTest.class)
                .orElseThrow();
    }

    private static ObjectiveSet objectives(ExtensionContext context) {
        List<Objective> objectives = new ArrayList<>();
        List<EventRule> eventRules = new ArrayList<>();
        for (String name : annotation(context).objectives()) {
            ObjectiveSet set = ObjectiveSet.parse(text(context.getRequiredTestClass(), name));
            objectives.addAll(set.objectives());
            eventRules.addAll(set.eventRules());
        }
        return new ObjectiveSet(objectives, eventRules);
    }

    private static String text(Class<?> testClass, String name) {
        try (InputStream resource = testClass.getClassLoader().getResourceAsStream(name)) {
            if (resource != null) {
                return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (Files.isReadable(Path.of(name))) {
                return Files.readString(Path.of(name));
            }
            throw new ExtensionConfigurationException("@SloTest objectives '" + name
                    + "' does not exist — a file on the class path, or a path from "
                    + Path.of("").toAbsolutePath() + " — correct the name");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
