import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.metrics.GoldenSignals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

public class Quickstart {
    public static void main(String[] args) {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (LlmOps llmops = LlmOps.builder().listener(GoldenSignals.on(registry)).build()) {
            try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").user("u1").streaming(true).start()) {
                for (String token : "An answer in five tokens".split(" ")) {
                    call.chunk(1); // each chunk as it arrives, with its number of tokens
                }
                call.usage(TokenUsage.inclusive(812, 5).cachedInput(512)).finish("stop");
            }
        }
        registry.forEachMeter(meter -> System.out.println(meter.getId() + " " + meter.measure()));
    }
}
