package dev.llmops.aspect;

import dev.llmops.aspect.service.AnswerService;
import dev.llmops.core.LlmOps;
import dev.llmops.core.testing.RecordingListener;
import java.io.PrintStream;

/** A program that runs every scenario on a service that is woven while it is loaded, and prints what was recorded. */
final class LoadTimeProbe {

    private LoadTimeProbe() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        new AnswerService().byDefault();
        out.println("unobserved=" + LlmObservedAspect.aspectOf().unobservedCalls());
        for (Scenario scenario : Scenario.values()) {
            RecordingListener seen = new RecordingListener();
            try (LlmOps llmops = Scenario.observing(seen)) {
                LlmObservedAspect.aspectOf().use(llmops);
                scenario.run(new AnswerService());
                out.println(scenario + "=" + Scenario.text(seen));
            }
        }
        RecordingListener seen = new RecordingListener();
        try (LlmOps llmops = Scenario.observing(seen)) {
            LlmObservedAspect.aspectOf().use(llmops);
            new AnswerService().withPhaseAndTool();
            new AnswerService().twice();
            out.println(
                    "phases=" + seen.records().get(0).timing().phases().get(0).name());
            out.println("tools=" + seen.records().get(0).toolCalls().get(0).name());
            out.println("self=" + Scenario.text(seen));
        }
    }
}
