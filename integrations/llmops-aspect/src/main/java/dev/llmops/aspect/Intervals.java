package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Phase;
import dev.llmops.core.RunningTool;
import dev.llmops.core.telemetry.Telemetry;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records phases and tools of the call that is current. */
final class Intervals {

    /** A phase or a tool that has begun. */
    interface Interval {

        /** Ends the interval, with an error or null. */
        void end(@Nullable Throwable error);
    }

    private final LlmOps llmops;
    private final boolean hasReactor = OptionalLibrary.isPresent("reactor.core.publisher.Flux");

    Intervals(LlmOps llmops) {
        this.llmops = llmops;
    }

    @Nullable
    Object phase(String name, ObservedMethod method, Body body) throws Throwable {
        return run(method, body, "llm_phase_without_call", call -> {
            Phase phase = call.phase(name);
            return error -> phase.close();
        });
    }

    @Nullable
    Object tool(String name, ObservedMethod method, Body body) throws Throwable {
        return run(method, body, "llm_tool_without_call", call -> {
            RunningTool tool = call.tool(name);
            return error -> {
                if (error != null) {
                    tool.fail(error);
                }
                tool.close();
            };
        });
    }

    private @Nullable Object run(ObservedMethod method, Body body, String missing, Function<LlmCall, Interval> open)
            throws Throwable {
        if (hasReactor && method.shape().startsWhenSubscribed()) {
            Object response = body.run();
            return response == null
                    ? null
                    : ReactorIntervals.observe(response, method.returnType(), call -> begin(call, missing, open));
        }
        Interval interval = begin(null, missing, open);
        Object response;
        try {
            response = body.run();
        } catch (Throwable e) {
            interval.end(e);
            throw e;
        }
        if (response instanceof CompletionStage<?> stage) {
            var unused = stage.whenComplete((result, error) -> interval.end(error));
        } else {
            interval.end(null);
        }
        return response;
    }

    private Interval begin(@Nullable LlmCall carried, String missing, Function<LlmCall, Interval> open) {
        LlmCall call = carried == null ? llmops.currentCall().orElse(null) : carried;
        if (call == null || call.isEnded()) {
            llmops.telemetry().count(Telemetry.Kind.DROPPED, missing);
            return error -> {};
        }
        return open.apply(call);
    }
}
