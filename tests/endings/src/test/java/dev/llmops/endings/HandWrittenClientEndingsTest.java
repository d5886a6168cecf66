package dev.llmops.endings;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.TokenUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client with glue of its own does; holds the kit itself to what it promises. */
class HandWrittenClientEndingsTest extends EndingsTable {

    private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]+)\"");
    private static final Pattern FINISH = Pattern.compile("\"finish_reason\":\"([^\"]+)\"");
    private static final String QUESTION = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}";

    @Override
    protected String row() {
        return "A client with glue of its own";
    }

    @Override
    protected Application application() {
        return HandWrittenClientEndingsTest::ask;
    }

    @Override
    protected Optional<String> notApplicable(Ending ending) {
        return switch (ending) {
            case RETRY, TOOL_ROUND_TRIP -> Optional.of("this client has neither retries nor tools");
            default -> Optional.empty();
        };
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) throws Exception {
        Transcript seen = new Transcript();
        LlmCall call = llmops == null
                ? null
                : llmops.call(Operation.CHAT, "openai", "gpt-4o")
                        .streaming(true)
                        .start();
        AtomicBoolean gaveUp = new AtomicBoolean();
        try (InputStream body = send(provider)) {
            if (ending.client() == Ending.Client.IGNORES) {
                return seen;
            }
            if (ending.client() != Ending.Client.READS) {
                closeLater(ending, body, gaveUp, call);
            }
            read(body, seen, call);
        } catch (IOException e) {
            seen.saw(gaveUp.get() ? "gave up" : "error " + e.getClass().getName());
            end(call, e);
        }
        return seen;
    }

    private static InputStream send(URI provider) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(provider.resolve("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    private static void closeLater(Ending ending, InputStream body, AtomicBoolean gaveUp, @Nullable LlmCall call) {
        var unused = CompletableFuture.runAsync(
                () -> {
                    gaveUp.set(true);
                    if (call != null && ending.outcomes().contains(Outcome.TIMED_OUT)) {
                        call.timeOut();
                    } else if (call != null) {
                        call.cancel();
                    }
                    close(body);
                },
                CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(InputStream body, Transcript seen, @Nullable LlmCall call) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: {") && !line.endsWith("}")) {
                throw new IOException("malformed");
            }
            Matcher content = CONTENT.matcher(line);
            if (content.find()) {
                seen.item(content.group(1));
            }
            if (call != null && line.startsWith("data: ")) {
                report(line.substring(6), call);
            }
        }
        seen.completed();
        if (call != null && !call.isEnded()) {
            call.endOfStream();
        }
    }

    private static void report(String data, LlmCall call) {
        Optional<CallError> error = ProviderErrors.streamError(data);
        Matcher finish = FINISH.matcher(data);
        if (error.isPresent()) {
            call.fail(error.get());
        } else if (finish.find()) {
            call.finishReason(0, finish.group(1));
        } else if (data.contains("\"prompt_tokens\"")) {
            call.usage(TokenUsage.inclusive(21, 4).cachedInput(8));
        } else {
            call.chunk(CONTENT.matcher(data).find() ? 1 : 0);
        }
    }

    private static void end(@Nullable LlmCall call, Throwable error) {
        if (call != null) {
            call.endOnce(error);
        }
    }
}
