package com.threadly.localstack.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A live page with the real files, and services that record their calls. */
final class PageFixture implements AutoCloseable, SampleServices {

    static final PageConfig CONFIG = new PageConfig(
            "app-key",
            "127.0.0.1",
            6001,
            URI.create("http://127.0.0.1:7001"),
            List.of(
                    new PageConfig.Person("user-ana", "Ana", "token-ana"),
                    new PageConfig.Person("user-ben", "Ben", "token-ben")),
            "conversation-1",
            "order-1",
            new PageConfig.Product("product-1", "Linen jacket", 4_900, "EUR", "presence-product-product-1"));

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final LivePage page;

    PageFixture() {
        page = LivePage.start("127.0.0.1", 0, CONFIG, this, () -> new PageStats(12, 34));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", body);
    }

    HttpResponse<String> post(String path, String mediaType, String body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path));
    }

    @Override
    public SentMessage message(String from, String text, @Nullable String draftId, @Nullable String socketId) {
        if (text.equals("broken")) {
            throw new IllegalStateException("no broker");
        }
        asked.add("message " + from + " " + text + " " + draftId + " " + socketId);
        return new SentMessage("message-1", "conversation-1", from, text, "2026-01-02T03:04:05Z");
    }

    @Override
    public List<SentMessage> messages() {
        return List.of(new SentMessage("message-0", "conversation-1", "user-ana", "Hello", "2026-01-02T03:04:00Z"));
    }

    @Override
    public void nextOrderStatus() {
        asked.add("next");
    }

    @Override
    public Optional<OrderStanding> order() {
        return asked.contains("next")
                ? Optional.of(new OrderStanding("order-1", "PLACED", null, "2026-01-02T03:04:00Z"))
                : Optional.empty();
    }

    @Override
    public void close() {
        page.close();
        client.close();
    }
}
