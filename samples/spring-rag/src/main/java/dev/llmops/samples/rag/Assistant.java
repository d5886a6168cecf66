package dev.llmops.samples.rag;

import dev.llmops.aspect.LlmObserved;
import dev.llmops.aspect.LlmTag;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.document.Document;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;

/** Answers questions with passages of the handbook and the state of orders. */
@Service
class Assistant {

    /** The key under which each response has the passages. */
    static final String PASSAGES = "passages";

    private final ChatClient client;
    private final Handbook handbook;
    private final Orders orders;
    private final Resource prompt;

    Assistant(
            ChatClient.Builder client,
            Handbook handbook,
            Orders orders,
            @Value("classpath:prompts/answer.st") Resource prompt) {
        this.client = client.build();
        this.handbook = handbook;
        this.orders = orders;
        this.prompt = prompt;
    }

    /**
     * Answers a question as a stream. It is one call of the library, from the search to the last token: the requests of the
     * chat client join it, also the second one, after a tool.
     */
    @LlmObserved(provider = "openai", model = "${spring.ai.openai.chat.model}", feature = "handbook")
    public Flux<ChatClientResponse> answer(
            String question,
            @LlmTag(field = LlmTag.Field.USER) String user,
            @LlmTag(field = LlmTag.Field.REQUEST_ID) String requestId) {
        return Flux.defer(() -> {
            List<Document> passages = handbook.search(question);
            return client
                    .prompt()
                    .system(system -> system.text(prompt).param(PASSAGES, text(passages)))
                    .user(question)
                    .tools(orders)
                    .advisors(advisors -> advisors.param(PASSAGES, passages))
                    .stream()
                    .chatClientResponse();
        });
    }

    private static String text(List<Document> passages) {
        return passages.stream().map(Document::getText).collect(Collectors.joining("\n"));
    }
}
