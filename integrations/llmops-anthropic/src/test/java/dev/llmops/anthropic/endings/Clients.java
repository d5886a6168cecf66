package dev.llmops.anthropic.endings;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.Timeout;
import dev.llmops.anthropic.LlmAnthropic;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The client of the tables, bare or observed. */
final class Clients {

    private Clients() {}

    /** The bare client has its own tracing on, so that the table can show both beside each other. */
    static AnthropicClient client(URI provider, @Nullable LlmOps llmops, TracingWords tracing) {
        AnthropicOkHttpClient.Builder client =
                AnthropicOkHttpClient.builder().baseUrl(provider.toString()).apiKey("sk-test");
        return llmops == null
                ? client.openTelemetry(tracing.options()).build()
                : LlmAnthropic.wrap(llmops, client.build());
    }

    /** The application's deadline, where the ending has one. */
    static RequestOptions options(Ending ending) {
        Duration limit = ending.client() == Ending.Client.TIMES_OUT ? EndingsTable.DEADLINE : Duration.ofSeconds(10);
        return RequestOptions.builder()
                .timeout(Timeout.builder()
                        .request(limit)
                        .read(Duration.ofSeconds(30))
                        .build())
                .build();
    }
}
