-- The trail is read page by page, the newest line first, by time and by who did what; its sealing order serves no reader.
create index audit_at on audit (at, id);
create index audit_actor on audit (actor, at, id);
create index audit_what on audit (what, at, id);
