-- Retention looks every minute for what is too old, and would read the whole table.
CREATE INDEX inbox_age ON inbox (read_up_to);
