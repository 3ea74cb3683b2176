package com.threadly.gateway;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.threadly.database.Database;
import com.threadly.database.DatabaseSettings;
import com.threadly.events.MembersChannel;
import com.threadly.events.NotificationState;
import com.threadly.events.UserSettingsChanged;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.access.AccessStore;
import com.threadly.gateway.activity.HeartbeatRoute;
import com.threadly.gateway.activity.PresenceProxy;
import com.threadly.gateway.activity.TypingRoute;
import com.threadly.gateway.channels.ChannelAuthorization;
import com.threadly.gateway.channels.ChannelRules;
import com.threadly.gateway.channels.ChannelSigner;
import com.threadly.gateway.channels.UserAuthentication;
import com.threadly.gateway.http.GatewayServer;
import com.threadly.gateway.http.HttpSettings;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.TokenSettings;
import com.threadly.gateway.identity.User;
import com.threadly.gateway.inbox.Inbox;
import com.threadly.gateway.inbox.InboxRoutes;
import com.threadly.gateway.inbox.MarkRoutes;
import com.threadly.gateway.inbox.Marks;
import com.threadly.gateway.inbox.RecentMarks;
import com.threadly.gateway.inbox.StateChange;
import com.threadly.gateway.limits.DistinctQuota;
import com.threadly.gateway.limits.RateLimit;
import com.threadly.gateway.limits.Turns;
import com.threadly.gateway.orders.OrderRoute;
import com.threadly.gateway.orders.OrderView;
import com.threadly.gateway.privacy.PresenceNames;
import com.threadly.gateway.privacy.Pseudonyms;
import com.threadly.gateway.privacy.SettingsRoutes;
import com.threadly.gateway.privacy.UserSettings;
import com.threadly.gateway.publishing.EventSink;
import com.threadly.gateway.webhooks.AppKey;
import com.threadly.gateway.webhooks.WebhookRoute;
import com.threadly.gateway.webhooks.WebhookSignature;
import com.threadly.runtime.health.Health;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.runtime.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The gateway's web server on a loopback port, with the test's own sink, and a database that is down. */
final class RunningGateway {

    static final String KEY = "app-key";
    static final String APP_SECRET = "app-secret";
    static final String ORIGIN = "https://threadly.example";
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private static final String SECRET = "a development secret of 32 bytes!!";
    private static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final int UNLIMITED = 1_000_000;

    /** In every inbox. */
    static final UUID KNOWN = UUID.fromString("3f2c8f5e-0000-4000-8000-000000000001");

    /** Of {@link #KNOWN}, which is unread. */
    static final int REVISION = 3;

    static final Instant LAST_EVENT = NOW.plusSeconds(7);

    static final MembersChannel MEMBERS = MembersChannel.of("moved", Set.of("u1", "u2"));

    static final Pseudonyms PSEUDONYMS = new Pseudonyms(APP_SECRET);

    static final int CHANNELS_PER_USER = 30;
    static final int MAX_CONNECTIONS = 100;
    static final int TURNS = 1;
    static final Duration BODY_TIMEOUT = Duration.ofSeconds(1);

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final ChannelSigner signer = new ChannelSigner("1", KEY, APP_SECRET, MASTER_KEY);
    private final Database database = AccessStore.open(nowhere(), metrics);
    private final PresenceProxy presence;
    private final Routes routes;
    private final GatewayServer server;
    private final Thread thread;

    RunningGateway(EventSink sink) {
        this(sink, UNLIMITED, UNLIMITED, Optional.empty());
    }

    RunningGateway(EventSink sink, int perUser, int perAddress, Optional<URI> aggregator) {
        this(sink, perUser, perAddress, aggregator, PresenceNames.Shown.IDS);
    }

    RunningGateway(EventSink sink, Optional<URI> aggregator, PresenceNames.Shown shown) {
        this(sink, UNLIMITED, UNLIMITED, aggregator, shown);
    }

    private RunningGateway(
            EventSink sink, int perUser, int perAddress, Optional<URI> aggregator, PresenceNames.Shown shown) {
        var tokens = TokenSettings.from(Settings.of(Map.of("AUTH_DEVELOPMENT_SECRET", SECRET)));
        var authenticator = new Authenticator(
                tokens.identities(CLOCK), new RateLimit(perUser), Turns.besideOthers(TURNS * 4), metrics);
        var access = new VouchedOnly();
        var recent = new RecentMarks();
        var quota = new DistinctQuota(CHANNELS_PER_USER);
        var settings = new Settable();
        var names = new PresenceNames(shown, PSEUDONYMS, settings);
        presence = new PresenceProxy(authenticator, access, names, settings, aggregator);
        routes = new Routes(
                new ChannelAuthorization(authenticator, new ChannelRules(access, true), quota, names, signer, metrics),
                new UserAuthentication(authenticator, signer),
                new WebhookRoute(
                        new WebhookSignature(List.of(new AppKey(KEY, APP_SECRET))),
                        Duration.ofMinutes(10),
                        new RateLimit(1),
                        (userId, channel) -> userId.equals("u1") && channel.equals("private-conversation-c1"),
                        names,
                        sink,
                        CLOCK,
                        metrics),
                new InboxRoutes(authenticator, new Inbox(database), recent),
                new MarkRoutes(authenticator, new OneNotification(), sink, recent, CLOCK),
                new TypingRoute(authenticator, access, sink, CLOCK),
                new HeartbeatRoute(authenticator, quota, sink, CLOCK),
                presence,
                new OrderRoute(authenticator, access, RunningGateway::order),
                new SettingsRoutes(authenticator, settings, sink, CLOCK));
        server = new GatewayServer(
                new HttpSettings("127.0.0.1", 0, 1, MAX_CONNECTIONS, BODY_TIMEOUT, Set.of(ORIGIN)),
                new Health(),
                metrics,
                new RateLimit(perAddress),
                routes.all());
        thread = Thread.ofVirtual().start(() -> {
            try {
                server.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    Routes routes() {
        return routes;
    }

    int port() throws InterruptedException {
        return server.port();
    }

    HttpRequest.Builder request(String path) throws InterruptedException {
        return HttpRequest.newBuilder(
                URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d%s", server.port(), path)));
    }

    static String token(String userId, String name, List<String> conversations) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(userId)
                        .claim("name", name)
                        .claim("conversations", conversations)
                        .claim("orders", List.of("shipped", "away", "silent"))
                        .expirationTime(Date.from(NOW.plus(Duration.ofMinutes(5))))
                        .build());
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }

    double count(String counter, String tag, String value) {
        var found = metrics.find(counter).tag(tag, value).counter();
        return found == null ? 0 : found.count();
    }

    /** Stops it, and returns once it accepts no more connections. */
    void stopListening() throws InterruptedException {
        int port = server.port();
        server.stop();
        await().until(() -> {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return false;
            } catch (ConnectException e) {
                return true;
            }
        });
    }

    void close() throws Exception {
        server.stop();
        thread.join();
        presence.close();
        signer.close();
        database.close();
    }

    /** Of "shipped" something is known, "away" cannot be read. */
    private static Optional<OrderView> order(String orderId) throws UnavailableException {
        return switch (orderId) {
            case "shipped" -> Optional.of(new OrderView(orderId, "SHIPPED", "CONFIRMED", "2026-11-01T12:00:00.000Z"));
            case "away" -> throw new UnavailableException("down");
            default -> Optional.empty();
        };
    }

    /** Everyone has the same one, about a conversation "known"; {@code away} cannot be asked for any. */
    private record OneNotification() implements MarkRoutes.Known {

        @Override
        public List<MarkRoutes.Stored> among(String userId, Set<UUID> ids, Marks marks) throws UnavailableException {
            if (userId.equals("away")) {
                throw new UnavailableException("down", new IllegalStateException());
            }
            return ids.contains(KNOWN) ? List.of(stored(marks)) : List.of();
        }

        @Override
        public List<MarkRoutes.Stored> affected(
                String userId,
                StateChange change,
                MarkRoutes.Selection selection,
                Marks marks,
                Optional<MarkRoutes.Stored> after,
                int limit) {
            return selection.upTo().filter(time -> time.isBefore(LAST_EVENT)).isPresent()
                            || selection
                                    .object()
                                    .filter(object -> !object.id().equals("known"))
                                    .isPresent()
                            || marks.of(KNOWN, change.state()).revision() >= REVISION
                    ? List.of()
                    : List.of(stored(marks));
        }

        private static MarkRoutes.Stored stored(Marks marks) {
            return new MarkRoutes.Stored(
                    KNOWN,
                    REVISION,
                    LAST_EVENT,
                    marks.of(KNOWN, NotificationState.READ).round(),
                    marks.of(KNOWN, NotificationState.ARCHIVED).round());
        }
    }

    private static DatabaseSettings nowhere() {
        return DatabaseSettings.from(
                Settings.of(Map.of("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none", "DATABASE_TIMEOUT", "1s")));
    }

    /** As the database keeps them; "ghost" has wanted to appear offline since noon. */
    private static final class Settable implements SettingsRoutes.Store, PresenceNames.OfflineReader {

        private final Map<String, UserSettings> byUser =
                new ConcurrentHashMap<>(Map.of("ghost", new UserSettings(true, NOW)));

        @Override
        public UserSettings of(String userId) {
            return byUser.getOrDefault(userId, new UserSettings(false, Instant.EPOCH));
        }

        @Override
        public void note(UserSettingsChanged change) {
            byUser.put(change.getUserId(), new UserSettings(change.getAppearOffline(), change.getOccurredAt()));
        }

        @Override
        public Set<String> appearingOffline(Set<String> userIds) {
            return userIds.stream().filter(id -> of(id).appearOffline()).collect(Collectors.toSet());
        }
    }

    /** Only what the token grants. */
    private record VouchedOnly() implements Access {

        @Override
        public Set<String> conversationsOf(User user, Set<String> ids) {
            return ids.stream().filter(user.conversations()::contains).collect(Collectors.toSet());
        }

        /** Somebody has left the conversation "moved". */
        @Override
        public Map<String, String> movedOf(User user, Set<String> ids) {
            return conversationsOf(user, ids).contains("moved") ? Map.of("moved", MEMBERS.key()) : Map.of();
        }

        @Override
        public Set<MembersChannel> membersChannelsOf(User user, Set<MembersChannel> channels) {
            return channels.stream()
                    .filter(channel ->
                            channel.equals(MEMBERS) && user.conversations().contains(channel.conversationId()))
                    .collect(Collectors.toSet());
        }

        @Override
        public Set<String> ordersOf(User user, Set<String> ids) {
            return ids.stream().filter(user.orders()::contains).collect(Collectors.toSet());
        }

        @Override
        public Set<String> acquaintancesOf(User user, Set<String> userIds) {
            return userIds.stream().filter(id -> !id.equals("stranger")).collect(Collectors.toSet());
        }
    }
}
