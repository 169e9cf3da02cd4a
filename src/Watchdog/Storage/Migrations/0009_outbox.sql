-- Messages on their way to receivers. A channel reads the event log in the order of transactions; its place moves with what it wrote.
create table outbox_channel (
  name text primary key,
  cursor_xid xid8 not null,
  cursor_id bigint not null,
  -- Since when its receiver wants nothing any more (HTTP 410); a person opens it again.
  closed_at timestamptz);

create table outbox (
  id bigint primary key generated always as identity,
  channel text not null,
  -- The same in every attempt, by which the receiver knows a message again.
  message_id text not null,
  -- Messages about one subject go in their order.
  subject text not null,
  kind text not null,
  body text not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dead')),
  status integer,
  detail text,
  done_at timestamptz,
  unique (channel, message_id));
create index outbox_due on outbox (channel, due_at) where state = 'waiting';
create index outbox_subject on outbox (channel, subject, id) where state = 'waiting';
