package dev.llmops.test;

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
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link SloTest} does: one {@link SloRun} per test, judged and reported when the test returns. */
final class SloExtension implements ParameterResolver, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SloExtension.class);
    private static final Path REPORTS = Path.of("target", "llmops");

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
                    + " must take a SloRun, so that there is traffic to judge");
        }
        Path report = REPORTS.resolve(context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName() + ".html");
        run.writeReport(report);
        context.publishReportEntry("llmops-report", report.toString());
        if (context.getExecutionException().isEmpty()) {
            run.assertMet(annotation(context).insufficientData());
        }
    }

    private static SloTest annotation(ExtensionContext context) {
        return context.getRequiredTestMethod().getAnnotation(SloTest.class);
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
            throw new ExtensionConfigurationException("@SloTest objectives must name a file on the class path or from "
                    + Path.of("").toAbsolutePath() + ", but there is no '" + name + "' in either");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
