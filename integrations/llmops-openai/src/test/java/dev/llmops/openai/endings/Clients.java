package dev.llmops.openai.endings;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.openai.LlmOpenAi;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The client of the tables, bare or observed. */
final class Clients {

    private Clients() {}

    static OpenAIClient client(URI provider, @Nullable LlmOps llmops) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(provider.resolve("/v1").toString())
                .apiKey("sk-test")
                .build();
        return llmops == null ? client : LlmOpenAi.wrap(llmops, client);
    }

    /** The application's deadline, where the ending has one. */
    static RequestOptions options(Ending ending) {
        Duration limit =
                switch (ending.client()) {
                    case TIMES_OUT -> EndingsTable.DEADLINE;
                    // Closing waits for the running read, which ends with the request.
                    case CANCELS -> Duration.ofMillis(1500);
                    case READS, IGNORES -> Duration.ofSeconds(10);
                };
        return RequestOptions.builder()
                .timeout(Timeout.builder()
                        .request(limit)
                        .read(Duration.ofSeconds(30))
                        .build())
                .build();
    }
}
