package dev.llmops.openai.endings;

import com.openai.core.http.StreamResponse;
import dev.llmops.endings.Ending;
import dev.llmops.endings.Transcript;
import java.util.Iterator;
import java.util.function.BiPredicate;

/** Reads a synchronous stream as an ending demands. */
final class SyncStream {

    private SyncStream() {}

    /** Reads a stream; its own thread closes it, since the client's close waits for a read that goes on. */
    static <T> void read(Ending ending, StreamResponse<T> stream, Transcript seen, BiPredicate<T, Transcript> onItem) {
        if (ending.client() == Ending.Client.IGNORES) {
            return;
        }
        int left = ending.client() == Ending.Client.CANCELS ? ending.tokensBefore() : Integer.MAX_VALUE;
        try (stream) {
            Iterator<T> items = stream.stream().iterator();
            while (left > 0 && items.hasNext()) {
                left -= onItem.test(items.next(), seen) ? 1 : 0;
            }
            if (left > 0) {
                seen.completed();
            }
        } catch (RuntimeException e) {
            seen.error(e);
        }
    }
}
