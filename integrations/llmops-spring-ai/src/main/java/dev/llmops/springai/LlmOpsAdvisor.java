package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;

/**
 * Measures the calls of a {@code ChatClient}. It stands inside the tool loop, so that each request to the model is a call of
 * its own, and sees every chunk as it passes.
 *
 * <pre>{@code
 * ChatClient client = ChatClient.builder(model)
 *     .defaultAdvisors(new LlmOpsAdvisor(llmops))
 *     .build();
 * }</pre>
 *
 * <p>User, tenant and the other {@link dev.llmops.core.context.CallFacts} come from the parameters of the client's
 * advisors, {@code client.prompt().advisors(spec -> spec.param(CallFacts.USER, "u1"))}, and, for streams, from the Reactor
 * context. A conversation of Spring AI's chat memory is that of the call.
 *
 * <p>A cancelled subscription, a subscriber's {@code timeout()} included, is a cancelled call; with {@link
 * dev.llmops.core.context.CallFacts#DEADLINE} a cancel after the deadline is a timeout. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LlmOpsAdvisor implements CallAdvisor, StreamAdvisor {

    private final Calls calls;

    /**
     * Creates an advisor.
     *
     * @param llmops observes the calls
     */
    public LlmOpsAdvisor(LlmOps llmops) {
        this.calls = new Calls(llmops);
    }

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
        return calls.observe(
                calls.chat(request.prompt(), null, request.context()), request.prompt(), () -> chain.nextCall(request));
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
        return calls.observeStream(
                () -> calls.chat(request.prompt(), null, request.context()),
                request.prompt(),
                chain.nextStream(request));
    }

    @Override
    public String getName() {
        return "llmops";
    }

    /**
     * Returns the place next to the model, after all other advisors.
     *
     * @return one before the last
     */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }
}
