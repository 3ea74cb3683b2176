package com.threadly.presence.streams;

import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Locates state with the metadata that group members exchange (KIP-67). */
public final class StateLocator {

    private final KafkaStreams streams;
    private final Optional<HostInfo> own;

    /**
     * A locator for the stores of all processes.
     *
     * @param own this process's own address, if it has one
     */
    StateLocator(KafkaStreams streams, Optional<HostInfo> own) {
        this.streams = streams;
        this.own = own;
    }

    public StateLocation ofChannel(String channel) {
        return of(PresenceTopology.VIEWERS_STORE, channel);
    }

    public StateLocation ofUser(String userId) {
        return of(PresenceTopology.USERS_STORE, userId);
    }

    private StateLocation of(String store, String key) {
        if (own.isEmpty()) {
            return new StateLocation.Unknown(
                    "set ADMIN_ADVERTISED_ADDRESS or a fixed ADMIN_PORT: with ADMIN_PORT=0 other processes do not know"
                            + " the address");
        }
        try {
            KeyQueryMetadata owner = streams.queryMetadataForKey(store, key, new StringSerializer());
            if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return new StateLocation.Unknown("the partition is being assigned");
            }
            return own.get().equals(owner.activeHost())
                    ? new StateLocation.Local(local(store, owner.partition()))
                    : new StateLocation.Remote(owner.activeHost());
        } catch (IllegalStateException | InvalidStateStoreException e) {
            return new StateLocation.Unknown("the state is not available yet: " + e.getMessage());
        }
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> local(String store, int partition) {
        return streams.store(
                StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                        .withPartition(partition));
    }
}
