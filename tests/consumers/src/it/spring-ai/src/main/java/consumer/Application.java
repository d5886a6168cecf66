package consumer;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

@SpringBootApplication
@RestController
public class Application {

    private final ChatClient chat;

    Application(ChatClient.Builder chat) {
        this.chat = chat.build();
    }

    @GetMapping("/ask")
    Flux<String> ask(@RequestParam String question) {
        return chat.prompt(question).stream().content();
    }

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
