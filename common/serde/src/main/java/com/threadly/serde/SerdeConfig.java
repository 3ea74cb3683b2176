package com.threadly.serde;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.ExponentialBackoff;

/** The settings of the serde, named as in Confluent's serializers. Prints no secrets. */
public final class SerdeConfig {

    /** Base addresses of the registry, tried in turn; {@code mock://scope} is an in-memory one. */
    public static final String URL = "schema.registry.url";

    /** Whether writing registers unknown schemas. */
    public static final String AUTO_REGISTER = "auto.register.schemas";

    /** {@code USER_INFO}, or {@code URL} for credentials in the address. */
    public static final String BASIC_SOURCE = "basic.auth.credentials.source";

    /** {@code user:password}, for {@code USER_INFO}. */
    public static final String BASIC_USER_INFO = "basic.auth.user.info";

    /** {@code STATIC_TOKEN}, or unset. */
    public static final String BEARER_SOURCE = "bearer.auth.credentials.source";

    /** The token, for {@code STATIC_TOKEN}. */
    public static final String BEARER_TOKEN = "bearer.auth.token";

    /** Accepted for compatibility with Confluent's settings: this serde always reads generated classes. */
    public static final String SPECIFIC_READER = "specific.avro.reader";

    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String MAX_RETRIES = "max.retries";
    static final String RETRY_WAIT = "retries.wait.ms";
    static final String RETRY_MAX_WAIT = "retries.max.wait.ms";

    private static final int RETRY_FACTOR = 2;
    /** A share of each wait, so that processes that failed together do not retry together. */
    private static final double RETRY_JITTER = 0.5;

    private static final String MOCK_SCHEME = "mock://";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, LIST, NO_DEFAULT_VALUE, HIGH, "Base addresses of the schema registry, comma separated.")
            .define(AUTO_REGISTER, BOOLEAN, true, MEDIUM, "Whether writing registers unknown schemas.")
            .define(BASIC_SOURCE, STRING, "URL", MEDIUM, "URL or USER_INFO.")
            .define(BASIC_USER_INFO, PASSWORD, null, MEDIUM, "user:password, for USER_INFO.")
            .define(BEARER_SOURCE, STRING, null, MEDIUM, "STATIC_TOKEN, or unset.")
            .define(BEARER_TOKEN, PASSWORD, null, MEDIUM, "The token, for STATIC_TOKEN.")
            .define(SPECIFIC_READER, BOOLEAN, true, LOW, "Accepted; generated classes are read in any case.")
            .define(CONNECT_TIMEOUT, INT, 5_000, atLeast(1), LOW, "Connection timeout.")
            .define(READ_TIMEOUT, INT, 10_000, atLeast(1), LOW, "Timeout for a complete response.")
            .define(MAX_RETRIES, INT, 3, atLeast(0), LOW, "How often a request is retried.")
            .define(RETRY_WAIT, INT, 200, atLeast(10), LOW, "Wait before the first retry; doubles.")
            .define(RETRY_MAX_WAIT, INT, 5_000, atLeast(10), LOW, "Longest wait between retries.");

    private final AbstractConfig settings;
    private final List<String> urls;
    private final Credentials credentials;

    private SerdeConfig(AbstractConfig settings) {
        this.settings = settings;
        this.urls = settings.getList(URL).stream().map(String::strip).toList();
        this.credentials = Credentials.from(settings);
    }

    /** Reads a Kafka client's settings; ignores unrelated ones. */
    public static SerdeConfig of(Map<String, ?> settings) {
        return new SerdeConfig(new AbstractConfig(DEFINITION, settings, false));
    }

    /** A caching client of that registry. Sends nothing yet. */
    public SchemaRegistryClient connect() {
        return new CachingRegistryClient(isMock() ? mock() : http());
    }

    private boolean isMock() {
        return urls.stream().anyMatch(url -> url.startsWith(MOCK_SCHEME));
    }

    private SchemaRegistryClient mock() {
        if (urls.size() != 1) {
            throw new ConfigException(URL + " mixes a mock registry with others; set only one");
        }
        MockRegistry scope = MockRegistry.scope(urls.get(0).substring(MOCK_SCHEME.length()));
        return autoRegister() ? scope : scope.readOnly();
    }

    private SchemaRegistryClient http() {
        return new HttpRegistryClient(transport(), autoRegister(), System::nanoTime);
    }

    RegistryTransport transport() {
        return new RegistryTransport(
                RegistryAddresses.of(urls),
                credentials,
                millis(CONNECT_TIMEOUT),
                millis(READ_TIMEOUT),
                settings.getInt(MAX_RETRIES),
                new ExponentialBackoff(
                        settings.getInt(RETRY_WAIT),
                        RETRY_FACTOR,
                        Math.max(settings.getInt(RETRY_WAIT), settings.getInt(RETRY_MAX_WAIT)),
                        RETRY_JITTER));
    }

    private boolean autoRegister() {
        return settings.getBoolean(AUTO_REGISTER);
    }

    private Duration millis(String name) {
        return Duration.ofMillis(settings.getInt(name));
    }

    @Override
    public String toString() {
        return "SerdeConfig[" + (isMock() ? urls : RegistryAddresses.of(urls)) + ", " + credentials + "]";
    }
}
