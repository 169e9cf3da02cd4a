-- What leads from a finding to the act on it and to the messages about it: W3C traceparents, null where nobody traced.
alter table episode add column traceparent text;
alter table case_file add column traceparent text;
alter table act add column traceparent text;
alter table event add column traceparent text;
alter table outbox add column traceparent text;

-- When the loop that the lease stands for last did what it is for; taken_at says only that it began.
alter table lease add column done_at timestamptz;

-- The database's state as the last worker that counted found it: counted once a period for the whole cluster, read by every worker.
create table state_reading (
  one boolean primary key default true check (one),
  at timestamptz not null,
  content jsonb not null);
insert into state_reading (at, content) values ('-infinity', '{}');
-- Counting every VM reads this and no row of the table.
create index vm_counted on vm (scope, state, shard, launch_time, state_since) where gone_at is null;

-- What AWS calls cost, by calendar month (UTC), for the whole cluster; each worker adds its own in small steps.
create table aws_spend (
  month date not null,
  operation text not null,
  usd numeric(14, 6) not null,
  primary key (month, operation));
