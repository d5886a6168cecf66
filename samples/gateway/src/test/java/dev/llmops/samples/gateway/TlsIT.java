package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static KeyStore keys;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        keys = newKeys();
        GatewayOptions options = new GatewayOptions();
        options.tlsCertificate =
                pem("CERTIFICATE", keys.getCertificate("gateway").getEncoded());
        options.tlsKey = pem("PRIVATE KEY", keys.getKey("gateway", PASSWORD).getEncoded());
        assertThat(options.problems(Map.of())).isEmpty();
        gateway = new RunningGateway(options);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Lets the JDK's own tool make a key with a certificate for localhost. */
    private static KeyStore newKeys() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gateway",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(tool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static Path pem(String type, byte[] der) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    private static HttpResponse<Void> health(HttpClient client) throws Exception {
        URI url = gateway.address().resolve("/health");
        return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding());
    }

    @Test
    void a_client_that_trusts_the_certificate_is_served() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        assertThat(gateway.address()).hasScheme("https");
        HttpResponse<Void> answer =
                health(HttpClient.newBuilder().sslContext(context).build());
        assertThat(answer.statusCode()).isEqualTo(200);
        // The client offers HTTP/2, for which the rules on shapes were not written.
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void a_client_that_does_not_trust_it_is_not() {
        assertThatThrownBy(() -> health(HttpClient.newHttpClient())).isInstanceOf(SSLHandshakeException.class);
    }
}
