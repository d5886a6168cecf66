package dev.llmops.spring.boot.springai;

import dev.llmops.springai.LlmOpsAdvisor;
import java.util.List;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import reactor.core.publisher.Flux;

/** Asks the budgets between the start of a call, which the observing advisor makes, and its request. */
final class GuardedAdvisor implements CallAdvisor, StreamAdvisor {

    private final LlmOpsAdvisor observer;
    private final PromptGuard prompts;

    GuardedAdvisor(LlmOpsAdvisor observer, PromptGuard prompts) {
        this.observer = observer;
        this.prompts = prompts;
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

    private final class GuardedCalls implements CallAdvisorChain {

        private final CallAdvisorChain chain;

        private GuardedCalls(CallAdvisorChain chain) {
            this.chain = chain;
        }

        @Override
        public ChatClientResponse nextCall(ChatClientRequest request) {
            prompts.admitCurrent(request.prompt());
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
                prompts.admit(context, request.prompt());
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
