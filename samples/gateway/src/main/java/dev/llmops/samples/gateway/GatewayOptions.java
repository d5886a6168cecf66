package dev.llmops.samples.gateway;

import dev.llmops.core.LlmListener;
import dev.llmops.cost.budget.Budget;
import dev.llmops.release.evidence.ProfileRecorder;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.InvalidGatePolicyException;
import dev.llmops.samples.gateway.privacy.PseudonymKey;
import dev.llmops.samples.gateway.release.DemoRelease;
import dev.llmops.samples.gateway.release.Policies;
import dev.llmops.samples.gateway.security.Credentials;
import dev.llmops.samples.gateway.security.InvalidCredentialsException;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of the command line; checked as a whole by {@link #problems}. */
final class GatewayOptions {

    /** The kinds of provider that can stand behind the gateway; the name is also the provider's name in every view. */
    enum Provider {
        mock,
        openai
    }

    /** The moment at which a call is answered. */
    enum Booking {
        acknowledged,
        asynchronous
    }

    static final URI OPENAI = URI.create("https://api.openai.com/v1");
    static final double MAX_TRAFFIC = 1000;
    static final int MAX_BODY_MEBIBYTES = 512;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            defaultValue = "8787",
            description = "Port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--provider",
            defaultValue = "mock",
            description = "What answers: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Provider provider = Provider.mock;

    @Option(
            names = "--base-url",
            description = "OpenAI-compatible server of --provider openai (default: https://api.openai.com/v1).")
    @Nullable
    URI baseUrl;

    @Option(names = "--api-key-env", description = "Environment variable that holds the provider's API key.")
    @Nullable
    String apiKeyEnv;

    @Option(
            names = "--data-dir",
            description = "Directory for what survives a restart (default: a temporary one, so that nothing does).")
    @Nullable
    Path dataDir;

    @Option(
            names = "--budget",
            paramLabel = "BUDGET",
            description = "A limit on spend in US dollars, such as user=0.50/day; may be given many times. "
                    + BudgetConverter.FORM,
            converter = BudgetConverter.class)
    List<Budget> budgets = new ArrayList<>();

    @Option(names = "--redis", description = "Redis that holds the budgets of a fleet, such as redis://host:6379.")
    @Nullable
    URI redis;

    @Option(
            names = "--jdbc-url",
            description = "PostgreSQL that holds the ledger of a fleet, such as jdbc:postgresql://host/llmops; user and"
                    + " password come from LLMOPS_JDBC_USER and LLMOPS_JDBC_PASSWORD.")
    @Nullable
    String jdbcUrl;

    @Option(
            names = "--booking",
            paramLabel = "WHEN",
            defaultValue = "acknowledged",
            description =
                    "When a call is answered: ${COMPLETION-CANDIDATES}; acknowledged waits until the ledger's journal"
                            + " has it (default: ${DEFAULT-VALUE}).")
    Booking booking = Booking.acknowledged;

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "Prometheus that knows the whole fleet, such as http://prometheus:9090; /slo then answers for"
                    + " the fleet.")
    @Nullable
    URI prometheus;

    @Option(
            names = "--otlp-endpoint",
            description = "OTLP/HTTP collector that gets the spans, such as http://localhost:4318 (default: none).")
    @Nullable
    URI otlpEndpoint;

    @Option(
            names = "--provider-timeout",
            paramLabel = "DURATION",
            defaultValue = "2m",
            converter = DurationConverter.class,
            description =
                    "Time without a byte from the provider after which a call has timed out (default: ${DEFAULT-VALUE}).")
    Duration providerTimeout = Duration.ofMinutes(2);

    @Option(
            names = "--max-body",
            paramLabel = "MIB",
            defaultValue = "20",
            description = "Longest body of a relayed request in MiB (default: ${DEFAULT-VALUE}).")
    int maxBodyMebibytes = 20;

    @Option(
            names = "--fault-ratio",
            defaultValue = "0.0005",
            description = "Share of --traffic requests for which the mock provider fails on purpose, 0 to 1"
                    + " (default: ${DEFAULT-VALUE}); 0.03 makes the alerts of /slo fire.")
    double faultRatio = 0.0005;

    @Option(
            names = "--gate-policy",
            paramLabel = "FILE",
            description = "Policy of releases in YAML (default: the one in docs/gateway.md).")
    @Nullable
    Path gatePolicy;

    @Option(
            names = "--release",
            paramLabel = "RELEASE",
            converter = DemoReleaseConverter.class,
            description = "Start a release of the demo once the baseline is measured: good, bad-slow, dear, worse or"
                    + " leaky; with --traffic 40 unless that is given.")
    @Nullable
    DemoRelease release;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "YAML file of the clients that are let in; it is read again when it changes.")
    @Nullable
    Path credentials;

    @Option(
            names = "--insecure",
            description = "Serve other machines without credentials: everyone who reaches the port may do everything.")
    boolean insecure;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM file of the certificate and its chain.")
    @Nullable
    Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file of the certificate's private key.")
    @Nullable
    Path tlsKey;

    @Option(names = "--print-rules", description = "Print the Prometheus rules of the gateway's objectives, and stop.")
    boolean printRules;

    @Option(
            names = "--print-classic-alerts",
            description = "Print Prometheus alerts on fixed limits of errors, latency, GPU memory and drift, and stop.")
    boolean printClassicAlerts;

    @Option(
            names = "--traffic",
            defaultValue = "0",
            description = "Requests per second that the gateway sends to itself (default: ${DEFAULT-VALUE}).")
    double traffic;

    /** An additional listener to every call, for programs that embed a gateway; not a flag. */
    LlmListener observer = new LlmListener() {};

    /** Returns every broken rule, each with its flag and value. */
    List<String> problems(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > 65_535) {
            problems.add("--port is " + port + " — 0 to 65535 is allowed — pass 0 for any free port");
        }
        if (!(traffic >= 0 && traffic <= MAX_TRAFFIC)) {
            problems.add("--traffic is " + traffic + " — 0 to " + MAX_TRAFFIC
                    + " requests per second are allowed — leave it out for none");
        }
        if (!(faultRatio >= 0 && faultRatio <= 1)) {
            problems.add("--fault-ratio is " + faultRatio + " — 0 to 1 is allowed — pass 0 for no faults");
        }
        if (maxBodyMebibytes < 1 || maxBodyMebibytes > MAX_BODY_MEBIBYTES) {
            problems.add("--max-body is " + maxBodyMebibytes + " — 1 to " + MAX_BODY_MEBIBYTES
                    + " MiB are allowed — leave it out for 20");
        }
        if (provider == Provider.mock && baseUrl != null) {
            problems.add("--base-url is given for --provider mock — it belongs to openai — add --provider openai");
        }
        if (provider == Provider.mock && apiKeyEnv != null) {
            problems.add("--api-key-env is given for --provider mock — it belongs to openai — add --provider openai");
        }
        if (baseUrl != null && !isHttp(baseUrl)) {
            problems.add("--base-url is " + baseUrl + " — an absolute http or https URL is allowed — pass such as "
                    + OPENAI);
        }
        if (prometheus != null && !isHttp(prometheus)) {
            problems.add("--prometheus is " + prometheus
                    + " — an absolute http or https URL is allowed — pass such as http://localhost:9090");
        }
        if (otlpEndpoint != null && !isHttp(otlpEndpoint)) {
            problems.add("--otlp-endpoint is " + otlpEndpoint
                    + " — an absolute http or https URL is allowed — pass such as http://localhost:4318");
        }
        if (apiKeyEnv != null && environment.getOrDefault(apiKeyEnv, "").isBlank()) {
            problems.add("--api-key-env names " + apiKeyEnv
                    + ", which is not set — a variable with the key is needed — export it");
        }
        String pseudonymKey = environment.get(PseudonymKey.VARIABLE);
        if (pseudonymKey != null && pseudonymKey.length() < PseudonymKey.MIN_BYTES) {
            problems.add(PseudonymKey.VARIABLE + " has " + pseudonymKey.length() + " characters — at least "
                    + PseudonymKey.MIN_BYTES + " are needed — choose a longer one");
        }
        checkBudgets(problems);
        checkRelease(problems);
        checkAccess(problems);
        if (redis != null && !("redis".equals(redis.getScheme()) || "rediss".equals(redis.getScheme()))) {
            problems.add("--redis has the scheme " + redis.getScheme()
                    + " — redis:// and rediss:// are allowed — pass such as redis://localhost:6379");
        }
        // The URL may hold a password, so that it is not repeated.
        if (jdbcUrl != null && !jdbcUrl.startsWith("jdbc:postgresql:") && !jdbcUrl.startsWith("jdbc:h2:")) {
            problems.add(
                    "--jdbc-url has another database — jdbc:postgresql: and jdbc:h2: are allowed — pass such as jdbc:postgresql://localhost/llmops");
        }
        return problems;
    }

    private void checkBudgets(List<String> problems) {
        Set<String> names = new HashSet<>();
        for (Budget budget : budgets) {
            if (!names.add(budget.name())) {
                problems.add("--budget limits " + budget.name()
                        + " twice — each scope and window is allowed once — leave one out");
            }
        }
    }

    private void checkRelease(List<String> problems) {
        if (release != null && provider != Provider.mock) {
            problems.add(
                    "--release is given for --provider openai — its defects are the mock provider's — leave it out, and"
                            + " use POST /release");
        }
        if (release != null && gatePolicy != null) {
            problems.add("--gate-policy is given with --release — the demo has a policy of its own — leave one out");
        } else if (gatePolicy != null) {
            try {
                if (policy().stages().stream().anyMatch(stage -> stage.mirrorRatio() > 0)) {
                    problems.add(
                            "--gate-policy has a stage with mirror — this gateway sends no shadow calls — remove the"
                                    + " stage");
                }
            } catch (InvalidGatePolicyException | UncheckedIOException e) {
                problems.add("--gate-policy: " + e.getMessage());
            }
        }
    }

    private void checkAccess(List<String> problems) {
        if (credentials == null && !insecure && !isOfThisMachine(host)) {
            problems.add("--host is " + host + " without credentials — addresses of this machine are allowed — pass"
                    + " --credentials FILE, or --insecure to let everyone in");
        }
        if (credentials != null) {
            try {
                new Credentials(credentials);
            } catch (InvalidCredentialsException e) {
                problems.add("--credentials: " + e.getMessage());
            }
            if (trafficPerSecond() > 0) {
                problems.add("--traffic is given with --credentials — the gateway has no credential of its own — leave"
                        + " one out");
            }
        }
        if ((tlsCertificate == null) != (tlsKey == null)) {
            problems.add("--tls-cert and --tls-key are not both given — TLS needs both — add the other");
        }
        for (Path file :
                Stream.of(tlsCertificate, tlsKey).filter(Objects::nonNull).toList()) {
            if (!Files.isReadable(file)) {
                problems.add("TLS file " + file + " cannot be read — a PEM file is needed — check path and rights");
            }
        }
    }

    private static boolean isOfThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Returns the certificate for TLS; null for plain HTTP. */
    @Nullable
    PemKeyCertOptions certificate() {
        return tlsCertificate == null || tlsKey == null
                ? null
                : new PemKeyCertOptions().addCertPath(tlsCertificate.toString()).addKeyPath(tlsKey.toString());
    }

    /** Returns the text of the policy of releases. */
    String policyYaml() {
        if (release != null) {
            return DemoRelease.policyYaml();
        }
        try {
            return gatePolicy == null ? Policies.standardYaml() : Files.readString(gatePolicy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the policy of releases. */
    GatePolicy policy() {
        if (release != null) {
            return DemoRelease.policy();
        }
        return gatePolicy == null ? Policies.standard() : GatePolicy.read(gatePolicy);
    }

    /** Returns the number of the latest units by which the baseline of a release is measured. */
    int measuredUnits() {
        return release == null ? ProfileRecorder.DEFAULT_UNITS : DemoRelease.MEASURED_UNITS;
    }

    /** Returns the requests per second that the gateway sends to itself. */
    double trafficPerSecond() {
        return release != null && traffic == 0 ? DemoRelease.TRAFFIC : traffic;
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }
}
