package dev.llmops.spring.boot.springai;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.spring.boot.cost.BudgetGuard;
import dev.llmops.springai.LlmOpsAdvisor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.prompt.ChatOptions;
import reactor.core.publisher.Flux;

/** Asks the budgets between the start of a call, which the observing advisor makes, and its request. */
final class GuardedAdvisor implements CallAdvisor, StreamAdvisor {

    private final LlmOps llmops;
    private final LlmOpsAdvisor observer;
    private final BudgetGuard budgets;

    GuardedAdvisor(LlmOps llmops, LlmOpsAdvisor observer, BudgetGuard budgets) {
        this.llmops = llmops;
        this.observer = observer;
        this.budgets = budgets;
    }

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
        return observer.adviseCall(request, new GuardedCalls(chain));
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
        return observer.adviseStream(request, new GuardedStreams(chain));
    }

    @Override
    public String getName() {
        return observer.getName();
    }

    @Override
    public int getOrder() {
        return observer.getOrder();
    }

    /** No token is shorter than a byte. */
    private void admit(LlmCall call, ChatClientRequest request) {
        ChatOptions options = request.prompt().getOptions();
        Integer maxOutputTokens = options == null ? null : options.getMaxTokens();
        budgets.admit(
                call,
                request.prompt().getContents().getBytes(StandardCharsets.UTF_8).length,
                maxOutputTokens == null ? 0 : maxOutputTokens);
    }

    private final class GuardedCalls implements CallAdvisorChain {

        private final CallAdvisorChain chain;

        private GuardedCalls(CallAdvisorChain chain) {
            this.chain = chain;
        }

        @Override
        public ChatClientResponse nextCall(ChatClientRequest request) {
            llmops.currentCall().ifPresent(call -> admit(call, request));
            return chain.nextCall(request);
        }

        @Override
        public List<CallAdvisor> getCallAdvisors() {
            return chain.getCallAdvisors();
        }

        @Override
        public CallAdvisorChain copy(CallAdvisor after) {
            return chain.copy(after);
        }
    }

    private final class GuardedStreams implements StreamAdvisorChain {

        private final StreamAdvisorChain chain;

        private GuardedStreams(StreamAdvisorChain chain) {
            this.chain = chain;
        }

        @Override
        public Flux<ChatClientResponse> nextStream(ChatClientRequest request) {
            return Flux.deferContextual(context -> {
                context.<LlmCall>getOrEmpty(LlmCall.class).ifPresent(call -> admit(call, request));
                return chain.nextStream(request);
            });
        }

        @Override
        public List<StreamAdvisor> getStreamAdvisors() {
            return chain.getStreamAdvisors();
        }

        @Override
        public StreamAdvisorChain copy(StreamAdvisor after) {
            return chain.copy(after);
        }
    }
}
