package dev.llmops.samples.gateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real browser with one tab, driven over the DevTools protocol. */
final class HeadlessChromium implements AutoCloseable {

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    HeadlessChromium(Path directory) throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + directory,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("chromium.log").toFile())
                .start();
        Path port = directory.resolve("DevToolsActivePort");
        await().until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
        HttpClient client = HttpClient.newHttpClient();
        URI targets = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/new?about:blank");
        String tab = client.send(
                        HttpRequest.newBuilder(targets)
                                .PUT(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
        socket = client.newWebSocketBuilder()
                .buildAsync(
                        URI.create(JsonMapper.shared()
                                .readTree(tab)
                                .path("webSocketDebuggerUrl")
                                .asString()),
                        new Messages())
                .join();
        send("Page.enable", Map.of());
        send("Runtime.enable", Map.of());
        send("Log.enable", Map.of());
    }

    /** Puts the pieces of each message together. */
    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                receive(JsonMapper.shared().readTree(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    private void receive(JsonNode message) {
        CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt(0));
        String method = message.path("method").asString("");
        if (answer != null) {
            answer.complete(message);
        } else if (method.equals("Log.entryAdded") || method.equals("Runtime.exceptionThrown")) {
            complaints.add(message.path("params").toString());
        }
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(
                        JsonMapper.shared()
                                .writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
                        true)
                .join();
        JsonNode message = answer.join();
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message);
        }
        return message.path("result");
    }

    /** Sets the size of the window, and the color scheme that the reader prefers. */
    void look(int width, int height, String scheme) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void scripts(boolean enabled) {
        send("Emulation.setScriptExecutionDisabled", Map.of("value", !enabled));
    }

    /** Opens an address, and returns once the document is there. */
    void open(URI address) {
        complaints.clear();
        send("Page.navigate", Map.of("url", address.toString()));
        await().until(() -> evaluate("document.readyState").asString().equals("complete")
                && evaluate("location.href").asString().equals(address.toString()));
    }

    /** Returns the value of an expression in the page. */
    JsonNode evaluate(String expression) {
        return send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
                .path("result")
                .path("value");
    }

    /** Presses and releases a key. */
    void press(String key, int code) {
        for (String type : List.of("keyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    /** Writes a picture of the whole page. */
    void screenshot(Path file) throws IOException {
        String data = send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .path("data")
                .asString();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** What the browser's console says since the page was opened: errors, warnings and exceptions. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        process.onExit().join();
    }
}
