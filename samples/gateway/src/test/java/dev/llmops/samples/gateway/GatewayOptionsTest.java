package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GatewayOptionsTest {

    private static GatewayOptions parse(String... arguments) {
        GatewayOptions options = new GatewayOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("o", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .setOverwrittenOptionsAllowed(true)
                .parseArgs(arguments);
        return options;
    }

    @Test
    void the_defaults_have_no_problems() {
        GatewayOptions options = parse();
        assertThat(options.problems(Map.of())).isEmpty();
        assertThat(options.host).isEqualTo("127.0.0.1");
        assertThat(options.port).isEqualTo(8787);
        assertThat(options.provider).isEqualTo(GatewayOptions.Provider.mock);
        assertThat(options.traffic).isZero();
    }

    @Test
    void what_is_given_last_holds() {
        assertThat(parse("--port", "8787", "--traffic=2", "--port", "0", "--traffic=0.5").port)
                .isZero();
    }

    @Test
    void a_whole_command_line_for_a_real_provider_has_no_problems() {
        GatewayOptions options =
                parse("--provider", "openai", "--base-url", "http://10.0.0.1:8000/v1", "--api-key-env", "KEY");
        assertThat(options.problems(Map.of("KEY", "secret"))).isEmpty();
        assertThat(options.baseUrl).isEqualTo(URI.create("http://10.0.0.1:8000/v1"));
    }

    @Test
    void all_problems_are_told_together_and_never_the_key() {
        GatewayOptions options =
                parse("--port=70000", "--traffic=-1", "--provider=openai", "--base-url=ftp://x/y", "--api-key-env=KEY");
        assertThat(options.problems(Map.of("KEY", " ")))
                .containsExactly(
                        "--port is 70000 — 0 to 65535 is allowed — pass 0 for any free port",
                        "--traffic is -1.0 — 0 to 1000.0 requests per second are allowed — leave it out for none",
                        "--base-url is ftp://x/y — an absolute http or https URL is allowed — pass such as https://api.openai.com/v1",
                        "--api-key-env names KEY, which is not set — a variable with the key is needed — export it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4318", "grpc://localhost:4317", "/v1/traces", "http:///v1/traces"})
    void an_otlp_endpoint_is_an_http_url(String endpoint) {
        assertThat(parse("--otlp-endpoint=" + endpoint).problems(Map.of()))
                .containsExactly("--otlp-endpoint is " + endpoint
                        + " — an absolute http or https URL is allowed — pass such as http://localhost:4318");
    }

    @Test
    void flags_of_the_real_provider_need_it() {
        GatewayOptions options = parse("--base-url=http://x", "--api-key-env=KEY");
        assertThat(options.problems(Map.of("KEY", "secret")))
                .hasSize(2)
                .allMatch(problem -> problem.endsWith(
                        "is given for --provider mock — it belongs to openai — add --provider openai"));
    }

    @Test
    void a_key_that_is_too_short_is_a_problem() {
        assertThat(new GatewayOptions().problems(Map.of("LLMOPS_PSEUDONYM_KEY", "short")))
                .containsExactly(
                        "LLMOPS_PSEUDONYM_KEY has 5 characters — at least 16 are needed — choose a longer one");
    }
}
