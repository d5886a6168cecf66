package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.core.version.VersionSet;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs annotated methods: starts their calls and hands what they return to {@link ResponseObserver}. */
final class MethodObserver {

    private final LlmOps llmops;
    private final MethodReader reader;
    private final ResponseObserver responses;
    private final Intervals intervals;

    /** The facts about the methods of each class; they go with the class. */
    private final ClassValue<Map<Method, ObservedMethod>> known = new ClassValue<>() {
        @Override
        protected Map<Method, ObservedMethod> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    MethodObserver(LlmOps llmops, MethodReader reader, ResponseReaders readers) {
        this.llmops = llmops;
        this.reader = reader;
        this.responses = new ResponseObserver(llmops, readers);
        this.intervals = new Intervals(llmops);
    }

    /** Observes a method as all that its annotations say. */
    @Nullable
    Object all(Method method, Class<?> type, @Nullable Object[] arguments, Body body) throws Throwable {
        ObservedMethod observed = describe(method, type);
        Body interval = () -> phase(method, type, () -> tool(method, type, body));
        return observed != null && observed.isCall() ? call(method, type, arguments, interval) : interval.run();
    }

    /** Observes a method as a call. */
    @Nullable
    Object call(Method method, Class<?> type, @Nullable Object[] arguments, Body body) throws Throwable {
        ObservedMethod observed = describe(method, type);
        if (observed == null) {
            return body.run();
        }
        CallStart start = outer -> start(observed, arguments, outer);
        if (observed.shape().startsWhenSubscribed()) {
            return responses.whenSubscribed(body.run(), observed, start);
        }
        LlmCall call = start.start(null);
        if (call == null) {
            return body.run();
        }
        Object response;
        try (Scope scope = call.makeCurrent()) {
            response = body.run();
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
        return responses.observe(response, observed, call, start);
    }

    /** Observes a method as a phase of the call that is current. */
    @Nullable
    Object phase(Method method, Class<?> type, Body body) throws Throwable {
        ObservedMethod observed = describe(method, type);
        if (observed == null || observed.phase() == null) {
            return body.run();
        }
        return intervals.phase(observed.phase(), observed, body);
    }

    /** Observes a method as a tool of the call that is current. */
    @Nullable
    Object tool(Method method, Class<?> type, Body body) throws Throwable {
        ObservedMethod observed = describe(method, type);
        if (observed == null || observed.tool() == null) {
            return body.run();
        }
        return intervals.tool(observed.tool(), observed, body);
    }

    private @Nullable ObservedMethod describe(Method method, Class<?> type) {
        Map<Method, ObservedMethod> ofType = known.get(type);
        ObservedMethod found = ofType.get(method);
        return found != null ? found : read(method, type, ofType);
    }

    private @Nullable ObservedMethod read(Method method, Class<?> type, Map<Method, ObservedMethod> ofType) {
        try {
            ObservedMethod read = reader.read(method, type);
            if (ofType.putIfAbsent(method, read) == null && !read.problems().isEmpty()) {
                String problems = String.join("; ", read.problems());
                failed("LlmAnnotations.annotation", new IllegalArgumentException(problems), problems);
            }
            return read;
        } catch (RuntimeException | LinkageError e) {
            failed("LlmAnnotations.read", e, "the method is not observed; report this as a bug");
            return null;
        }
    }

    private @Nullable LlmCall start(ObservedMethod method, @Nullable Object[] arguments, @Nullable LlmCall outer) {
        try {
            TagValues values = TagValues.of(method.argumentTags(), arguments, llmops.telemetry());
            LlmCallBuilder builder = llmops.call(
                            method.operation(), method.provider(), values.text(LlmTag.Field.MODEL, method.model()))
                    .streaming(method.streaming())
                    .deadline(method.deadline())
                    .joining(outer);
            if (!method.feature().isEmpty()) {
                builder.feature(method.feature());
            }
            VersionSet.Builder versions = VersionSet.builder();
            values.forEach((tag, value) -> tag.describe(builder, versions, value));
            VersionSet ofCall = versions.build();
            LlmCall call =
                    builder.versionSet(ofCall.parts().isEmpty() ? null : ofCall).start();
            values.forEach((tag, value) -> tag.report(call, value));
            return call;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            failed("LlmAnnotations.start", e, "the method ran unobserved; fix what its tags read");
            return null;
        }
    }

    private void failed(String where, Throwable error, String remedy) {
        llmops.telemetry().failure(where, error, remedy);
    }
}
