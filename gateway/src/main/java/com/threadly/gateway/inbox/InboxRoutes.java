package com.threadly.gateway.inbox;

import com.threadly.gateway.http.Answers;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.payload.Payloads;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/notifications} and {@code GET /v1/notifications/unread-count}: the caller's own inbox. */
public final class InboxRoutes {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;
    private static final Set<String> TYPES = Set.of("order", "message", "payment", "system");

    /** @param next where the next page starts; null at the end */
    private record Page(
            List<NotificationView> notifications, @Nullable String next) {}

    private final Authenticator authenticator;
    private final Inbox inbox;
    private final RecentMarks recent;

    public InboxRoutes(Authenticator authenticator, Inbox inbox, RecentMarks recent) {
        this.authenticator = authenticator;
        this.inbox = inbox;
        this.recent = recent;
    }

    public void list(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        NotificationQuery filter = filter(exchange);
        try (var _ = authenticator.turn(user, 1)) {
            List<NotificationView> notifications = inbox.list(user.id(), filter, recent.of(user.id()));
            boolean full = notifications.size() == filter.limit();
            json(exchange, new Page(notifications, full ? cursorAfter(notifications) : null));
        }
    }

    public void unreadCount(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        UnreadCounts counts = counts(user);
        String tag = String.format(Locale.ROOT, "\"%d-%d\"", counts.unread(), counts.unseen());
        // Cached by the browser, but revalidated each time.
        exchange.header(Header.CACHE_CONTROL, "private, no-cache").header(Header.ETAG, tag);
        if (tag.equals(exchange.header(Header.IF_NONE_MATCH))) {
            exchange.status(304);
        } else {
            json(exchange, counts);
        }
    }

    private UnreadCounts counts(User user) throws UnavailableException {
        try (var _ = authenticator.turn(user, 1)) {
            return inbox.counts(user.id(), recent.of(user.id()));
        }
    }

    private static void json(Context exchange, Object answer) {
        Answers.json(exchange, Payloads.json(answer));
    }

    private static String cursorAfter(List<NotificationView> notifications) {
        NotificationView last = notifications.getLast();
        return new Cursor(last.lastEventAt(), last.id()).text();
    }

    private static NotificationQuery filter(Context exchange) {
        return new NotificationQuery(
                limit(exchange.queryParam("limit")),
                Optional.ofNullable(exchange.queryParam("cursor")).map(InboxRoutes::cursor),
                Optional.ofNullable(exchange.queryParam("type")).map(InboxRoutes::type),
                ObjectReference.of(exchange.queryParam("conversationId"), exchange.queryParam("orderId")),
                flag(exchange, "unread"),
                flag(exchange, "unseen"),
                flag(exchange, "archived"));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[1-9]\\d{0,2}") && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw malformed("limit must be a number from 1 to " + MAX_LIMIT);
    }

    private static Cursor cursor(String text) {
        return Cursor.parse(text)
                .orElseThrow(() -> malformed("cursor must be the value of next in an earlier response"));
    }

    private static String type(String text) {
        if (TYPES.contains(text)) {
            return text;
        }
        throw malformed("type must be one of order, message, payment, system");
    }

    private static boolean flag(Context exchange, String name) {
        return switch (exchange.queryParam(name)) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(name + " must be true or false");
        };
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.malformed(detail));
    }
}
