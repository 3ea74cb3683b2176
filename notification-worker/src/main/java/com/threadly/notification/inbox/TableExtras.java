package com.threadly.notification.inbox;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** What the live tables have that fresh ones, which the migrations made, have not: a swap would lose it. */
final class TableExtras {

    /** Definitions are compared without schemas. Privileges on whole tables are carried over. */
    private static final String EXTRAS = """
            WITH pair AS (
                SELECT l.relname AS name, l.oid AS live, n.oid AS next
                FROM pg_class AS l JOIN pg_class AS n USING (relname)
                WHERE l.relname = ANY(:tables)
                    AND l.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :live)
                    AND n.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :next)
            ), extra AS (
                SELECT name, 'storage option ' || l.option AS what FROM pair
                CROSS JOIN LATERAL (SELECT unnest(reloptions) AS option FROM pg_class WHERE oid = live) AS l
                WHERE l.option NOT IN (SELECT unnest(reloptions) FROM pg_class WHERE oid = next)
                UNION ALL
                SELECT name, 'index ' || l.relname FROM pair
                JOIN pg_index AS i ON i.indrelid = live JOIN pg_class AS l ON l.oid = i.indexrelid
                WHERE replace(pg_get_indexdef(i.indexrelid), quote_ident(:live) || '.', '') NOT IN (
                    SELECT replace(pg_get_indexdef(o.indexrelid), quote_ident(:next) || '.', '')
                    FROM pg_index AS o WHERE o.indrelid = next)
                UNION ALL
                SELECT name, 'constraint ' || conname FROM pair JOIN pg_constraint AS c ON c.conrelid = live
                WHERE contype <> 'n' AND pg_get_constraintdef(c.oid) NOT IN (
                    SELECT pg_get_constraintdef(o.oid) FROM pg_constraint AS o WHERE o.conrelid = next)
                UNION ALL
                SELECT name, 'foreign key ' || conname || ' of ' || conrelid::regclass FROM pair
                JOIN pg_constraint AS c ON c.confrelid = live
                UNION ALL
                SELECT name, 'trigger ' || tgname FROM pair JOIN pg_trigger AS t ON t.tgrelid = live WHERE NOT tgisinternal
                UNION ALL
                SELECT name, 'rule ' || rulename FROM pair JOIN pg_rewrite AS r ON r.ev_class = live
                UNION ALL
                SELECT DISTINCT name, 'view ' || r.ev_class::regclass FROM pair
                JOIN pg_depend AS d ON d.refobjid = live AND d.refclassid = 'pg_class'::regclass
                    AND d.classid = 'pg_rewrite'::regclass
                JOIN pg_rewrite AS r ON r.oid = d.objid WHERE r.ev_class <> live
                UNION ALL
                SELECT name, 'publication ' || p.pubname FROM pair
                JOIN pg_publication_rel AS m ON m.prrelid = live JOIN pg_publication AS p ON p.oid = m.prpubid
                UNION ALL
                SELECT name, 'row policy ' || polname FROM pair JOIN pg_policy AS p ON p.polrelid = live
                UNION ALL
                SELECT name, 'row security' FROM pair JOIN pg_class AS c ON c.oid = live
                WHERE c.relrowsecurity OR c.relforcerowsecurity
                UNION ALL
                SELECT name, 'privileges on the column ' || attname FROM pair JOIN pg_attribute AS a ON a.attrelid = live
                WHERE attacl IS NOT NULL AND NOT attisdropped
                UNION ALL
                SELECT name, 'column ' || attname FROM pair JOIN pg_attribute AS a ON a.attrelid = live
                WHERE attnum > 0 AND NOT attisdropped AND NOT EXISTS (
                    SELECT FROM pg_attribute AS o WHERE o.attrelid = next AND o.attname = a.attname
                        AND o.atttypid = a.atttypid AND o.attnotnull = a.attnotnull AND o.attstorage = a.attstorage
                        AND o.attcompression = a.attcompression AND o.attoptions IS NOT DISTINCT FROM a.attoptions
                        AND coalesce(o.attstattarget, -1) = coalesce(a.attstattarget, -1))
                UNION ALL
                SELECT name, 'statistics ' || stxname FROM pair JOIN pg_statistic_ext AS s ON s.stxrelid = live
                UNION ALL
                SELECT name, 'owner ' || pg_get_userbyid(l.relowner) FROM pair
                JOIN pg_class AS l ON l.oid = live JOIN pg_class AS n ON n.oid = next WHERE l.relowner <> n.relowner
                UNION ALL
                SELECT name, 'tablespace, persistence, partitions or replica identity' FROM pair
                JOIN pg_class AS l ON l.oid = live JOIN pg_class AS n ON n.oid = next
                WHERE (l.reltablespace, l.relpersistence, l.relreplident, l.relkind, l.relhassubclass, l.relispartition)
                    IS DISTINCT FROM
                    (n.reltablespace, n.relpersistence, n.relreplident, n.relkind, n.relhassubclass, n.relispartition)
                UNION ALL
                SELECT name, 'comment' FROM pair JOIN pg_description AS d ON d.objoid = live
                    AND d.classoid = 'pg_class'::regclass
            )
            SELECT name || ': ' || what FROM extra ORDER BY 1
            """;

    private TableExtras() {}

    /** In words for an operator; none when a swap loses nothing. */
    static List<String> of(Handle handle, String live, String next, List<String> tables) {
        return handle.createQuery(EXTRAS)
                .bind("live", live)
                .bind("next", next)
                .bindArray("tables", String.class, tables)
                .mapTo(String.class)
                .list();
    }
}
