package dev.llmops.springai;

import static org.awaitility.Awaitility.await;

import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.ai.chat.observation.ChatModelMeterObservationHandler;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;

/** Spring AI's own model of OpenAI against a scripted provider, and what its own meters say. */
final class OpenAi {

    /** Longer than any ending takes: it closes the connections that Spring AI leaves open on a cancel. */
    static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(2);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ObservationRegistry observations = ObservationRegistry.create();
    final OpenAiChatModel model;

    OpenAi(Ending ending, URI provider) {
        this(options(ending, provider));
    }

    OpenAi(OpenAiChatOptions.Builder options) {
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new ChatModelMeterObservationHandler(meters));
        model = OpenAiChatModel.builder()
                .options(options.build())
                .observationRegistry(observations)
                .build();
    }

    static OpenAiChatOptions.Builder options(Ending ending, URI provider) {
        OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
        options.baseUrl(provider.resolve("/v1").toString())
                .apiKey("key")
                .model(Answer.OPENAI_MODEL)
                .streamUsage(true)
                .maxRetries(ending == Ending.RETRY ? 2 : 0)
                .timeout(CLIENT_TIMEOUT);
        return options;
    }

    /** Returns the outcomes and tokens that Spring AI's timers and counters have. */
    String words() {
        var active = meters.find("gen_ai.client.operation.active").longTaskTimers();
        if (active.isEmpty()) {
            return "nothing";
        }
        try {
            // The application sees the end first.
            await().until(() -> active.stream().allMatch(timer -> timer.activeTasks() == 0));
        } catch (ConditionTimeoutException e) {
            return "never ends";
        }
        String errors = meters.find("gen_ai.client.operation").timers().stream()
                .map(OpenAi::outcome)
                .collect(Collectors.joining(", "));
        double tokens = meters.find("gen_ai.client.token.usage").tag("gen_ai.token.type", "output").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        return errors + (tokens == 0 ? ", no tokens" : ", " + (long) tokens + " tokens");
    }

    private static String outcome(Timer timer) {
        return "error=" + timer.getId().getTag("error") + (timer.count() == 1 ? "" : " × " + timer.count());
    }

    /** The tool that the provider's script asks for. */
    static final class Weather {

        @Tool(name = Answer.TOOL, description = "Tells the weather")
        public String weather(String city) {
            return "sunny";
        }
    }
}
