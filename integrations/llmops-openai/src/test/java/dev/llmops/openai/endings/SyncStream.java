package dev.llmops.openai.endings;

import com.openai.core.http.StreamResponse;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** Reads a synchronous stream as an ending demands. */
final class SyncStream {

    private SyncStream() {}

    static <T> void read(Ending ending, StreamResponse<T> stream, Transcript seen, BiConsumer<T, Transcript> onItem) {
        if (ending.client() == Ending.Client.IGNORES) {
            return;
        }
        AtomicBoolean gaveUp = new AtomicBoolean();
        if (ending.client() == Ending.Client.CANCELS) {
            var unused = CompletableFuture.runAsync(
                    () -> {
                        gaveUp.set(true);
                        stream.close();
                    },
                    CompletableFuture.delayedExecutor(EndingsTable.DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
        }
        try (stream) {
            Iterator<T> items = stream.stream().iterator();
            while (items.hasNext()) {
                onItem.accept(items.next(), seen);
            }
            seen.completed();
        } catch (RuntimeException e) {
            if (gaveUp.get()) {
                seen.saw("gave up");
            } else {
                seen.error(e);
            }
        }
    }
}
