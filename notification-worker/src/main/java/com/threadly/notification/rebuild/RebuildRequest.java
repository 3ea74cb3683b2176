package com.threadly.notification.rebuild;

/**
 * What to rebuild, and how.
 *
 * @param fresh into new tables that are swapped in
 * @param dryRun into copies of the tables, or fresh ones, which are then dropped
 * @param push whether new and changed rows are pushed
 * @param restart whether to start from scratch instead of continuing
 * @param mayRemove how many rows that do not follow from the topics {@code fresh} may remove
 */
record RebuildRequest(
        RebuildSelection selection, boolean fresh, boolean dryRun, boolean push, boolean restart, long mayRemove) {

    /** The same for the same request, to find it again after a kill. */
    String name() {
        return "%s fresh=%s dry-run=%s push=%s".formatted(selection, fresh, dryRun, push);
    }
}
