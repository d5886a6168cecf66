package dev.llmops.aspect.endings;

import dev.llmops.aspect.LlmObservedAspect;
import dev.llmops.core.LlmOps;
import dev.llmops.core.response.ServerSentEvent;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import java.net.URI;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;

/** An application that asks through {@link RawChat}, which the aspect observes. */
abstract class RawChatEndings extends EndingsTable {

    @Override
    protected Application application() {
        return (ending, provider, llmops) -> {
            RawChat chat = chat(provider, llmops);
            return Turn.ask(ending, (turn, message) -> read(turn, chat, message));
        };
    }

    private static RawChat chat(URI provider, @Nullable LlmOps llmops) {
        RawChat chat = new RawChat(provider);
        if (llmops == null) {
            return chat;
        }
        AspectJProxyFactory factory = new AspectJProxyFactory(chat);
        factory.setProxyTargetClass(true);
        factory.addAspect(new LlmObservedAspect(llmops));
        return factory.getProxy();
    }

    /** Reads the answer to a message. */
    abstract void read(Turn turn, RawChat chat, String message) throws Exception;

    /** Reads events one after the other; gives up by closing their source from another thread. */
    static void pull(Turn turn, Iterator<ServerSentEvent> events, AutoCloseable source) throws Exception {
        if (turn.is(Ending.Client.IGNORES)) {
            return;
        }
        CompletableFuture<Void> closed = turn.is(Ending.Client.TIMES_OUT) ? closeAfterDeadline(source) : null;
        try (source) {
            while (events.hasNext()) {
                if (!turn.takes(events.next())) {
                    turn.transcript().saw("cancelled");
                    return;
                }
            }
            turn.transcript().saw(closed == null ? "completed" : "gave up");
        } catch (Exception e) {
            if (closed == null) {
                turn.transcript().error(e);
            } else {
                turn.transcript().saw("gave up");
            }
        }
        if (closed != null) {
            closed.get(5, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<Void> closeAfterDeadline(AutoCloseable source) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        source.close();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
    }
}
