package dev.llmops.reactor.internal;

import dev.llmops.core.LlmCall;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation, and so Reactor's automatic one, carry the current call to other threads. Found by
 * {@link java.util.ServiceLoader} where that library is on the class path. See
 * docs/decisions/integrations.md#context-propagation-carries-the-call-without-its-span.
 */
public final class CurrentCallAccessor implements ThreadLocalAccessor<LlmCall> {

    /** Creates an accessor. */
    public CurrentCallAccessor() {}

    @Override
    public Object key() {
        return LlmCall.class;
    }

    @Override
    public @Nullable LlmCall getValue() {
        return LlmCall.current();
    }

    @Override
    public void setValue(LlmCall call) {
        LlmCall.setCurrent(call);
    }

    @Override
    public void setValue() {
        LlmCall.setCurrent(null);
    }
}
