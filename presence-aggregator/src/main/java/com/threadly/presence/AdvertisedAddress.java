package com.threadly.presence;

import com.threadly.runtime.admin.AdminSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** The address at which other processes reach this one's admin port. */
final class AdvertisedAddress {

    private AdvertisedAddress() {}

    /** The configured one, or this machine's with the admin port; empty when that port is not known in advance. */
    static Optional<HostInfo> of(Optional<HostInfo> set, AdminSettings admin) {
        return set.or(
                () -> admin.port() == 0 ? Optional.empty() : Optional.of(new HostInfo(host(admin), admin.port())));
    }

    private static String host(AdminSettings admin) {
        try {
            InetAddress listening = InetAddress.getByName(admin.host());
            return listening.isAnyLocalAddress() ? InetAddress.getLocalHost().getHostAddress() : admin.host();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }
}
