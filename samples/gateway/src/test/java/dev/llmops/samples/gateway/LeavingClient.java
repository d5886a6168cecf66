package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that asks for a stream, and hangs up when it is closed. */
record LeavingClient(Socket socket) implements AutoCloseable {

    static LeavingClient ask(URI gateway, String path, String script) throws IOException {
        String body = "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":60000,\"stream\":true,\"model\":\"m\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"p\"}]}";
        return ask(gateway, path, script, body);
    }

    static LeavingClient ask(URI gateway, String path, String script, String body) throws IOException {
        Socket socket = new Socket(gateway.getHost(), gateway.getPort());
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nx-mock: "
                                + script + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return new LeavingClient(socket);
    }

    void readUntil(String prefix) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String line;
        do {
            line = reader.readLine();
        } while (line != null && !line.startsWith(prefix));
        assertThat(line).isNotNull();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
