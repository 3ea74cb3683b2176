package com.threadly.serde;

import java.net.URI;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** The registry's base addresses: one, or several with the same content. Prints without credentials. */
record RegistryAddresses(List<URI> bases) {

    static RegistryAddresses of(List<String> urls) {
        if (urls.isEmpty()) {
            throw new ConfigException(SerdeConfig.URL + " is empty; set it to the registry's base address");
        }
        return new RegistryAddresses(urls.stream().map(RegistryAddresses::parse).toList());
    }

    private static URI parse(String url) {
        try {
            URI uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below: Java's own message would show a password in the address.
        }
        throw new ConfigException(SerdeConfig.URL
                + " has an entry that is not an http or https address with a host;"
                + " set one such as http://registry:8081");
    }

    /** {@code base} for requests and messages: without user and password. */
    static String withoutCredentials(URI base) {
        return base.getScheme() + "://"
                + base.getRawAuthority().substring(base.getRawAuthority().indexOf('@') + 1) + base.getRawPath();
    }

    @Override
    public String toString() {
        return String.join(
                ",", bases.stream().map(RegistryAddresses::withoutCredentials).toList());
    }
}
