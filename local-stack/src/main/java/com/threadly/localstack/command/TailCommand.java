package com.threadly.localstack.command;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.localstack.DevelopmentTokens;
import com.threadly.localstack.NotRunningException;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.subscribe.GatewayAuthorizer;
import com.threadly.localstack.subscribe.Push;
import com.threadly.localstack.subscribe.PusherEndpoint;
import com.threadly.localstack.subscribe.SubscribeException;
import com.threadly.localstack.subscribe.Subscribers;
import com.threadly.localstack.subscribe.Subscription;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tail CHANNEL}: shows what a subscriber sees. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Prints what a subscriber of a channel of the running stack sees, one line of JSON per event.")
public final class TailCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Terminal terminal;
    private final RunningStack stack;
    private final Clock clock;
    private final PushLine lines = new PushLine();
    /** Done when nobody reads the output any more, as with {@code | head}. */
    private final CompletableFuture<Void> unread = new CompletableFuture<>();

    @Parameters(paramLabel = "CHANNEL", description = "A channel such as private-user-ana or global-announcements.")
    private String channel = "";

    @Option(
            names = "--user",
            paramLabel = "ID",
            description = "The subscriber; by default the channel's own user, or anyone.")
    private @Nullable String user;

    public TailCommand(Terminal terminal, RunningStack stack, Clock clock) {
        this.terminal = terminal;
        this.stack = stack;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!isChannel()) {
            return USAGE;
        }
        TailIdentity identity = TailIdentity.of(channel, user);
        try (HttpClient http = HttpClient.newHttpClient();
                Subscribers subscribers = subscribe(identity, http)) {
            String as = identity.userId() == null ? "" : " as " + identity.userId();
            terminal.err().println("Listening to " + channel + as + "; Ctrl-C ends.");
            boolean read = CompletableFuture.anyOf(
                            subscribers.ended().thenApply(_ -> true), unread.thenApply(_ -> false))
                    .join()
                    .equals(true);
            if (read) {
                terminal.err().println("Lost the Pusher server.");
            }
            return read ? FAILED : OK;
        } catch (NotRunningException nowhere) {
            terminal.err().println(nowhere.getMessage());
            return USAGE;
        } catch (SubscribeException refused) {
            terminal.err().println(refused.getMessage());
            return FAILED;
        }
    }

    /** Pusher answers nothing about a channel that cannot exist. */
    private boolean isChannel() {
        try {
            var _ = ChannelNames.checked("CHANNEL", channel);
            return true;
        } catch (InvalidFieldException e) {
            terminal.err().println(e.getMessage());
            return false;
        }
    }

    private Subscribers subscribe(TailIdentity identity, HttpClient http) throws InterruptedException {
        PusherEndpoint pusher = stack.pusher();
        URI gateway = stack.gateway();
        DevelopmentTokens tokens = new DevelopmentTokens(stack.developmentSecret(), clock);
        GatewayAuthorizer authorizer = new GatewayAuthorizer(
                gateway, id -> tokens.token(id, id, identity.conversations(), identity.orders()), http);
        Subscription subscription = new Subscription(channel, identity.userId());
        return Subscribers.open(pusher, authorizer, List.of(subscription), 1, this::print, clock);
    }

    private void print(Push push) {
        terminal.out().println(lines.of(push));
        if (terminal.out().checkError()) {
            unread.complete(null);
        }
    }
}
