-- How far rebuilds have come that are not finished; written in the transaction of the rows. A killed one goes on from here.
CREATE TABLE rebuild (
    name             text    NOT NULL,
    topic            text    NOT NULL,
    partition_number integer NOT NULL,
    next_offset      bigint  NOT NULL,
    added            bigint  NOT NULL,
    changed          bigint  NOT NULL,
    equal            bigint  NOT NULL,
    skipped          bigint  NOT NULL,
    PRIMARY KEY (name, topic, partition_number)
);
