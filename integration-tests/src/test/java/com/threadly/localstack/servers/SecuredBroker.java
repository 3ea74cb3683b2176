package com.threadly.localstack.servers;

import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.process.FreePorts;
import com.threadly.provisioner.access.KafkaRight;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/** A broker that allows what ACLs do. On its first port everyone is an administrator; on the second, users log in. */
public final class SecuredBroker implements AutoCloseable {

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final KafkaBroker broker;
    private final String login;

    private SecuredBroker(KafkaBroker broker, String login) {
        this.broker = broker;
        this.login = login;
    }

    /** Starts one that {@code users} log in to; their passwords are their names. */
    public static SecuredBroker start(Path folder, FreePorts ports, Collection<String> users) throws Exception {
        var node = new BrokerNode(1, folder, ports.next(), ports.next(), null);
        node.format(Uuid.randomUuid().toString());
        Map<String, String> settings = node.settings(List.of(node));
        String login = "127.0.0.1:" + ports.next();
        settings.merge("listeners", "LOGIN://" + login, (all, more) -> all + "," + more);
        settings.merge("listener.security.protocol.map", "LOGIN:SASL_PLAINTEXT", (all, more) -> all + "," + more);
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put(
                "listener.name.login.plain.sasl.jaas.config",
                LOGIN
                        + users.stream()
                                .map(user -> String.format(Locale.ROOT, " user_%s=\"%s\"", user, user))
                                .collect(Collectors.joining())
                        + ";");
        settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
        settings.put("super.users", "User:ANONYMOUS");
        return new SecuredBroker(KafkaBroker.start(settings, node.address()), login);
    }

    /** Where everyone may do everything. */
    public String asAdministrator() {
        return broker.bootstrapServers();
    }

    public void create(TopicCreator.Reader... readers) {
        new TopicCreator(asAdministrator()).create(List.of(readers));
    }

    /** Allows exactly these, each to the user with the name of its deployable. */
    public void allow(Collection<KafkaRight> rights) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, asAdministrator()))) {
            admin.createAcls(rights.stream()
                            .map(right -> right.binding("User:" + right.deployable()))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** How a deployable logs in as {@code user}. */
    public Map<String, String> environment(String user) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                login,
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_PLAINTEXT",
                "KAFKA_SASL_MECHANISM",
                "PLAIN",
                "KAFKA_SASL_JAAS_CONFIG",
                String.format(Locale.ROOT, "%s username=\"%s\" password=\"%s\";", LOGIN, user, user));
    }

    /** The same for a client in this process. */
    public Map<String, Object> client(String user) {
        Map<String, String> environment = environment(user);
        return Map.of(
                "bootstrap.servers",
                login,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                String.valueOf(environment.get("KAFKA_SASL_JAAS_CONFIG")));
    }

    @Override
    public void close() {
        broker.close();
    }
}
