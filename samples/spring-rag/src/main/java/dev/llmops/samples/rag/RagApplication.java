package dev.llmops.samples.rag;

import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.QualityMonitor;
import dev.llmops.samples.provider.KeylessProvider;
import dev.llmops.spring.boot.actuate.EndpointSection;
import java.time.Duration;
import java.util.Map;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the application; without a key for OpenAI, with a provider of its own. */
@SpringBootApplication
public class RagApplication {

    private static final Duration PACE = Duration.ofMillis(25);

    @Bean
    VectorStore vectorStore(EmbeddingModel embeddings) {
        return SimpleVectorStore.builder(embeddings).build();
    }

    @Bean
    QualityMonitor quality() {
        return new QualityMonitor(EvaluationDefinition.standard());
    }

    /** Shows the feedback next to the other figures of the endpoint. */
    @Bean
    EndpointSection qualitySection(QualityMonitor quality) {
        return new EndpointSection("quality", () -> quality.report().answered());
    }

    /**
     * Starts the application.
     *
     * @param arguments Spring Boot's, such as {@code --server.port=9000}
     */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(RagApplication.class);
        if (System.getenv("OPENAI_API_KEY") == null) {
            KeylessProvider provider = KeylessProvider.start(PACE);
            application.setDefaultProperties(
                    Map.of("spring.ai.openai.base-url", provider.address().toString()));
        }
        application.run(arguments);
    }
}
