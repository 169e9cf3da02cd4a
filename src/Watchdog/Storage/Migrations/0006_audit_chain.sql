-- The audit trail becomes a chain. Each line names the rules and the evidence that it stood on, and the transaction that wrote it: lines are
-- sealed in the order of transactions, so that one that commits late is not skipped. Lines from before this migration take its transaction.
alter table audit add column xid xid8 not null default pg_current_xact_id();
alter table audit add column rule_version text;
alter table audit add column evidence_sha256 bytea check (octet_length(evidence_sha256) = 32);
create unique index audit_order on audit (xid, id);
create index audit_subject on audit (subject, id);
-- Reports walk through the cases in the order of their opening.
create index case_file_opened on case_file (opened_at, id);

create table audit_seal (
  seq bigint primary key check (seq > 0),
  at timestamptz not null,
  -- It covers the lines after the last one of the seal before, up to this one.
  last_xid xid8 not null,
  last_id bigint not null,
  lines integer not null check (lines > 0),
  -- One entry of 40 bytes a line, in order: its id, big-endian, and the SHA-256 of its canonical bytes (docs/decisions/0006-audit-chain.md).
  leaves bytea not null check (octet_length(leaves) = 40 * lines),
  -- SHA-256 of the seal before; zeros for the first.
  previous bytea not null check (octet_length(previous) = 32),
  sha256 bytea not null unique check (octet_length(sha256) = 32));
create trigger audit_seal_append_only before update or delete on audit_seal for each row execute function refuse_change();
create trigger audit_seal_keeps_all before truncate on audit_seal for each statement execute function refuse_change();

-- Which VM had which public address: [from_at, to_at), by the complete listings that showed it and no longer showed it. Between them and the
-- listing before (since_after, last_seen_at) nobody looked.
create table address_interval (
  id bigint primary key generated always as identity,
  address inet not null,
  instance_id text not null,
  scope smallint not null references scope,
  -- Null where the address is the VM's and EC2 named no interface for it.
  interface_id text,
  owner text not null,
  plan text,
  from_at timestamptz not null,
  -- The last complete listing of the scope before from_at; null when there was none.
  since_after timestamptz,
  to_at timestamptz,
  last_seen_at timestamptz,
  check (from_at <= to_at));
create index address_interval_address on address_interval (address, from_at);
create unique index address_interval_open on address_interval (instance_id, address) where to_at is null;
create index address_interval_ended on address_interval (scope, to_at) where to_at is not null;
