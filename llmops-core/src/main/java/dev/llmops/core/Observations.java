package dev.llmops.core;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends calls by themselves, according to how a piece of code or a future ends. */
final class Observations {

    private Observations() {}

    static <T extends @Nullable Object, X extends Exception> T run(LlmCall call, CallBody<T, X> body) throws X {
        try (Scope scope = call.makeCurrent()) {
            T result = body.run(call);
            finish(call);
            return result;
        } catch (Throwable e) {
            fail(call, e);
            throw e;
        }
    }

    static <T, S extends CompletionStage<T>> S stage(LlmCall call, Function<LlmCall, S> body) {
        try (Scope scope = call.makeCurrent()) {
            S stage = body.apply(call);
            if (stage == null) {
                call.fail(new NullPointerException("the observed code returned no stage"));
                return stage;
            }
            // A side branch: the caller gets its own stage back, so that cancelling it cancels the original.
            var unused = stage.whenComplete((result, error) -> {
                if (error == null) {
                    finish(call);
                } else {
                    fail(call, error);
                }
            });
            return stage;
        } catch (Throwable e) {
            fail(call, e);
            throw e;
        }
    }

    private static void finish(LlmCall call) {
        if (!call.isEnded()) {
            call.finish();
        }
    }

    private static void fail(LlmCall call, Throwable error) {
        if (!call.isEnded()) {
            call.fail(error);
        }
    }
}
