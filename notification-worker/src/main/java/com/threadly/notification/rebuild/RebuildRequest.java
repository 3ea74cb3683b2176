package com.threadly.notification.rebuild;

/**
 * What somebody wants rebuilt, and how.
 *
 * @param fresh into new tables that are swapped in
 * @param dryRun into tables that are thrown away after they have been compared
 * @param push whether new and changed rows are pushed
 * @param restart whether a rebuild that was killed begins from scratch
 * @param mayRemove how many rows that the topics do not tell of a fresh one may remove
 */
record RebuildRequest(
        RebuildSelection selection, boolean fresh, boolean dryRun, boolean push, boolean restart, long mayRemove) {

    /** Whether tables are filled beside the live ones. */
    boolean beside() {
        return fresh || dryRun;
    }

    /** The same for the same wish, so that it is found again after a kill. */
    String name() {
        return "%s fresh=%s dry-run=%s push=%s".formatted(selection, fresh, dryRun, push);
    }
}
