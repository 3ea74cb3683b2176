-- All rows of a page are marked as pushed soon after they are inserted, often at once: only with room for a second version
-- of each can that be done within the page (a heap-only update), without writing every index again.
ALTER TABLE notification SET (fillfactor = 50);
