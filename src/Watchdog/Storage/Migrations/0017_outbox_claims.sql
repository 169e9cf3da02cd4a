-- A message that a later one of its subject made pointless is not sent; a claim is a worker's for a while only.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check check (state in ('waiting', 'sent', 'dead', 'superseded'));
alter table outbox add column claimed_by text, add column claimed_until timestamptz;
create index outbox_done on outbox (done_at) where state <> 'waiting';
create index outbox_dead on outbox (channel) where state = 'dead';

-- A channel that others write for has no place in the log; what it holds of the last round of repeats.
alter table outbox_channel alter column cursor_xid drop not null, alter column cursor_id set default 0;
alter table outbox_channel add column repeated_at timestamptz;

-- What a receiver that forgets was told last, by the key that it knows it by: told again until it is over.
create table outbox_standing (
  channel text not null,
  key text not null,
  message_id text not null,
  subject text not null,
  kind text not null,
  body text not null,
  traceparent text,
  -- When the receiver took it first.
  taken_at timestamptz not null,
  primary key (channel, key));
