package dev.llmops.aspect.endings;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.response.ObservedHttp;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class ObservedHttpEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "JDK HTTP client, ObservedHttp";
    }

    @Override
    protected Optional<String> notApplicable(Ending ending) {
        return switch (ending) {
            case NEVER_CONSUMED -> Optional.of("the client reads into its buffer, as far as there is room");
            case RETRY -> Optional.of("the client does not retry");
            default -> Optional.empty();
        };
    }

    @Override
    protected Application application() {
        return (ending, provider, llmops) -> Turn.ask(ending, (turn, message) -> {
            InputStream body = body(RawChat.request(provider, message, true), llmops);
            RawChatEndings.pull(turn, RawChat.events(body).iterator(), body);
        });
    }

    private static InputStream body(HttpRequest request, @Nullable LlmOps llmops)
            throws IOException, InterruptedException {
        if (llmops == null) {
            return RawChat.HTTP.send(request, BodyHandlers.ofInputStream()).body();
        }
        return ObservedHttp.send(
                        RawChat.HTTP,
                        request,
                        BodyHandlers.ofInputStream(),
                        llmops.call(Operation.CHAT, "openai", "gpt-4o")
                                .deadline(Duration.ofMillis(400))
                                .streaming(true),
                        ResponseReaders.of(llmops.telemetry()))
                .body();
    }
}
