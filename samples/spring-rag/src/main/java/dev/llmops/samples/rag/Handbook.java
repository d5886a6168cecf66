package dev.llmops.samples.rag;

import dev.llmops.aspect.LlmPhase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** Finds the passages of the handbook that are close to a question. */
@Component
class Handbook {

    static final String SOURCE = "source";

    private static final int PASSAGES = 3;

    private final VectorStore store;

    Handbook(VectorStore store) {
        this.store = store;
    }

    /** Searches within a call, whose record has the time as its phase {@code retrieval}. */
    @LlmPhase("retrieval")
    public List<Document> search(String question) {
        return store.similaritySearch(
                SearchRequest.builder().query(question).topK(PASSAGES).build());
    }

    /** Splits a file into its paragraphs. */
    static List<Document> passages(Resource file) throws IOException {
        String source = Objects.requireNonNull(file.getFilename());
        List<Document> passages = new ArrayList<>();
        for (String paragraph : file.getContentAsString(StandardCharsets.UTF_8).split("\n\n", -1)) {
            passages.add(new Document(paragraph.strip(), Map.of(SOURCE, source)));
        }
        return passages;
    }

    /** Embeds the handbook when the application has started. */
    @Configuration(proxyBeanMethods = false)
    static class Loading {

        @Bean
        ApplicationRunner loadHandbook(VectorStore store, @Value("classpath:handbook/*.md") Resource[] files) {
            return arguments -> {
                List<Document> passages = new ArrayList<>();
                for (Resource file : files) {
                    passages.addAll(passages(file));
                }
                store.add(passages);
            };
        }
    }
}
