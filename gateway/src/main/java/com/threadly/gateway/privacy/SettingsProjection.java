package com.threadly.gateway.privacy;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.UserSettingsChanged;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pipeline.Tombstone;
import com.threadly.runtime.retry.UnavailableException;
import java.util.ArrayList;
import java.util.List;

/** Projects the settings of users from their events. */
public final class SettingsProjection implements Handler {

    private static final RecordOutcome STORED = RecordOutcome.push(List.of());

    private final UserSettingsStore store;

    public SettingsProjection(UserSettingsStore store) {
        this.store = store;
    }

    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException {
        var changes = new ArrayList<UserSettingsStore.Change>();
        var outcomes = new ArrayList<RecordOutcome>(records.size());
        for (DecodedRecord record : records) {
            outcomes.add(RecordOutcome.of(() -> {
                changes.add(checked(record));
                return STORED;
            }));
        }
        store.note(changes);
        return outcomes;
    }

    private static UserSettingsStore.Change checked(DecodedRecord record) {
        ChannelNames.user("userId", record.key());
        if (record.event() instanceof Tombstone) {
            return new UserSettingsStore.Removal(record.key());
        }
        var change = (UserSettingsChanged) record.event();
        if (!change.getUserId().equals(record.key())) {
            throw new InvalidFieldException("userId", "differs from the record's key");
        }
        return new UserSettingsStore.Update(change);
    }
}
