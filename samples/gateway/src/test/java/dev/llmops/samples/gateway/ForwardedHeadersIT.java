package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which headers of a client a real provider sees. */
class ForwardedHeadersIT {

    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String[] HEADERS = {
        "Authorization", "Bearer secret", "x-api-key", "secret", "x-mock", "tokens=1", "OpenAI-Beta", "assistants=v2"
    };

    @TempDir
    Path folder;

    private static HttpServerRequest seen(GatewayOptions options) {
        try (ScriptedProvider provider = new ScriptedProvider()) {
            provider.answers(500, "application/json", "{}");
            options.provider = GatewayOptions.Provider.openai;
            options.baseUrl = provider.address();
            try (RunningGateway gateway = new RunningGateway(options)) {
                gateway.post("/v1/chat/completions", CHAT, HEADERS);
                return provider.next().request();
            }
        }
    }

    @Test
    void a_script_for_the_mock_reaches_no_other_provider() {
        HttpServerRequest request = seen(new GatewayOptions());
        assertThat(request.getHeader("x-mock")).isNull();
        assertThat(request.getHeader("OpenAI-Beta")).isEqualTo("assistants=v2");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer secret");
    }

    @Test
    void a_credential_for_the_gateway_does_not_reach_the_provider() throws IOException {
        GatewayOptions options = new GatewayOptions();
        options.credentials = Files.writeString(folder.resolve("credentials.yml"), """
                credentials: [{name: app, role: call, sha256: %s}]
                """.formatted(
                        "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"));
        assertThat(options.problems(Map.of())).isEmpty();
        HttpServerRequest request = seen(options);
        assertThat(request.getHeader("Authorization")).isNull();
        assertThat(request.getHeader("x-api-key")).isNull();
    }
}
