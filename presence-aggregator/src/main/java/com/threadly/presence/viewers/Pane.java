package com.threadly.presence.viewers;

import java.util.Collection;
import java.util.Optional;
import org.apache.datasketches.theta.CompactThetaSketch;
import org.apache.datasketches.theta.HashIterator;
import org.apache.datasketches.theta.ThetaSetOperation;
import org.apache.datasketches.theta.ThetaUnion;
import org.apache.datasketches.theta.UpdatableThetaSketch;

/**
 * The distinct users of one advance, as a theta sketch: exact up to {@value #NOMINAL_ENTRIES} users, then an estimate
 * with a standard error of 1/sqrt({@value #NOMINAL_ENTRIES}), 2.2%. It takes 8 bytes a user, 16 KiB at most. Immutable.
 */
final class Pane {

    static final int NOMINAL_ENTRIES = 2048;

    /** The least that a sketch can be made for. */
    private static final int MIN_ENTRIES = 16;

    static final Pane EMPTY = new Pane(union().getResult());

    private final CompactThetaSketch sketch;

    private Pane(CompactThetaSketch sketch) {
        this.sketch = sketch;
    }

    /** A pane with the user, too; nothing when that is this one. */
    Optional<Pane> with(String userId) {
        if (changesNothing(userId)) {
            return Optional.empty();
        }
        ThetaUnion union = union();
        union.union(sketch);
        union.update(userId);
        return Optional.of(new Pane(union.getResult(false, null)));
    }

    /** Whether the user is in it, or among those whom a huge pane leaves out of its sample. */
    private boolean changesNothing(String userId) {
        UpdatableThetaSketch alone =
                UpdatableThetaSketch.builder().setNominalEntries(MIN_ENTRIES).build();
        alone.update(userId);
        HashIterator its = alone.iterator();
        its.next();
        if (its.get() >= sketch.getThetaLong()) {
            return true;
        }
        HashIterator known = sketch.iterator();
        while (known.next()) {
            if (known.get() == its.get()) {
                return true;
            }
        }
        return false;
    }

    /** How many distinct users the panes have together. */
    static long distinctUsers(Collection<Pane> panes) {
        ThetaUnion union = union();
        panes.forEach(pane -> union.union(pane.sketch));
        return Math.round(union.getResult(false, null).getEstimate());
    }

    /** Of its bytes. */
    int size() {
        return sketch.getCurrentBytes();
    }

    byte[] toBytes() {
        return sketch.toByteArray();
    }

    static Pane of(byte[] bytes) {
        return new Pane(CompactThetaSketch.wrap(bytes));
    }

    private static ThetaUnion union() {
        return ThetaSetOperation.builder().setNominalEntries(NOMINAL_ENTRIES).buildUnion();
    }
}
