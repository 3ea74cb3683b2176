-- Retention looks every minute for what is too old, and would read the whole table. The price is that a mark of all as read
-- writes the index, too; there are few of them.
CREATE INDEX inbox_age ON inbox (read_up_to);
