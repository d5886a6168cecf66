package consumer;

import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Application {

    public interface Assistant {
        TokenStream ask(String question);
    }

    @Bean
    OpenAiStreamingChatModel model(@Value("${openai.base-url}") String address) {
        return OpenAiStreamingChatModel.builder().baseUrl(address).apiKey("none").modelName("gpt-4o").build();
    }

    /** Takes the model by its class, as applications do. */
    @Bean
    Assistant assistant(OpenAiStreamingChatModel model) {
        return AiServices.create(Assistant.class, model);
    }

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
