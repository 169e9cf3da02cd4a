-- The uptime books. Slo reads Inventory's transitions and memberships, and the event log, in the order of transactions.
alter table vm_transition add column xid xid8 not null default pg_current_xact_id();
create index vm_transition_order on vm_transition (xid, id);
-- What EC2 and SSM said of a VM's health: its history is read from these.
create index event_health on event (subject, kind, at) where kind in ('vm.status', 'vm.agent');

-- Whose a VM was, and what, from when on: history does not move when a VM is tagged anew. Inventory appends a row at first sight and on change.
create table vm_membership (
  id bigint primary key generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  instance_id text not null,
  scope smallint not null references scope,
  at timestamptz not null,
  owner text not null,
  plan text,
  instance_type text not null,
  image_id text,
  lifecycle text);
create index vm_membership_vm on vm_membership (instance_id, id);
create index vm_membership_at on vm_membership (instance_id, at);
create index vm_membership_order on vm_membership (xid, id);
insert into vm_membership (instance_id, scope, at, owner, plan, instance_type, image_id, lifecycle)
  select instance_id, scope, least(first_seen, state_since), owner, plan, instance_type, image_id, lifecycle from vm;
create trigger vm_membership_append_only before update or delete on vm_membership for each row execute function refuse_change();
create trigger vm_membership_keeps_all before truncate on vm_membership for each statement execute function refuse_change();

-- Minutes below are whole minutes since 1970-01-01T00:00Z; spans are half-open.

-- What a cause's minutes are: exactly one class. The program holds the same table, and a test compares them.
create table slo_cause (
  cause smallint primary key,
  name text not null unique,
  class text not null check (class in ('good', 'bad', 'excluded', 'unknown')));
insert into slo_cause (cause, name, class) values
  (1, 'ok', 'good'),
  (10, 'provider', 'bad'), (11, 'maintenance', 'bad'), (12, 'guest', 'bad'), (13, 'boot_slow', 'bad'),
  (14, 'watchdog_false_positive', 'bad'), (15, 'watchdog_benign_positive', 'bad'), (16, 'watchdog_unruled', 'bad'),
  (30, 'watchdog_idle', 'excluded'), (31, 'watchdog_quarantine', 'excluded'), (32, 'user', 'excluded'), (33, 'boot', 'excluded'),
  (34, 'spot', 'excluded'), (35, 'announced_maintenance', 'excluded'),
  (50, 'watchdog_blind', 'unknown'), (51, 'provider_no_data', 'unknown'), (52, 'watchdog_unruled_yet', 'unknown'), (53, 'stop_unexplained', 'unknown');

create table slo_vm (
  id integer primary key generated always as identity,
  instance_id text not null unique,
  -- Where it was listed last.
  scope smallint not null references scope,
  -- When time alone may change its class (a boot's grace, an unruled quarantine's deadline); null when only news can.
  due_min integer,
  -- The first minute that news reach back to, and what they are; null when it is judged as far as its scope's watermark.
  dirty_min integer,
  dirty_why text);
create index slo_vm_due on slo_vm (due_min) where due_min is not null;
create index slo_vm_dirty on slo_vm (scope, id) where dirty_min is not null;

-- Each combination of groups that a VM has been in.
create table slo_group (
  id integer primary key generated always as identity,
  scope smallint not null references scope,
  region text not null,
  owner text not null,
  plan text,
  instance_type text not null,
  image_id text,
  unique nulls not distinct (scope, owner, plan, instance_type, image_id));

-- One row a span of a VM with one cause; the last one is open (to_min = 2147483647) and holds up to its scope's watermark. Months are
-- partitions, and a span that crosses a month's end is two rows, so that a month is whole by itself.
create table slo_interval (
  vm integer not null,
  from_min integer not null,
  to_min integer not null,
  grp integer not null,
  cause smallint not null,
  -- 0 nobody knows, 1 the agent answered, 2 it was silent: the second SLI, of good minutes only.
  agent smallint not null default 0 check (agent between 0 and 2),
  primary key (vm, from_min),
  check (from_min < to_min)) partition by range (from_min);

-- Minutes by five minutes, dimension and cause: what burn rates and curves are read from. The fleet's name is 'fleet'; no plan is ''.
create table slo_key (
  id integer primary key generated always as identity,
  dimension text not null check (dimension in ('fleet', 'region', 'type', 'plan')),
  name text not null,
  unique (dimension, name));
-- One row a key and five minutes, a column a cause: a row a cause weighs five times as much and is summed five times as slowly.
create table slo_five_minutes (
  key integer not null,
  at_min integer not null check (at_min % 5 = 0),
  ok integer not null default 0,
  provider integer not null default 0,
  maintenance integer not null default 0,
  guest integer not null default 0,
  boot_slow integer not null default 0,
  watchdog_false_positive integer not null default 0,
  watchdog_benign_positive integer not null default 0,
  watchdog_unruled integer not null default 0,
  watchdog_idle integer not null default 0,
  watchdog_quarantine integer not null default 0,
  "user" integer not null default 0,
  boot integer not null default 0,
  spot integer not null default 0,
  announced_maintenance integer not null default 0,
  watchdog_blind integer not null default 0,
  provider_no_data integer not null default 0,
  watchdog_unruled_yet integer not null default 0,
  stop_unexplained integer not null default 0,
  reached integer not null default 0,
  silent integer not null default 0,
  primary key (key, at_min)) partition by range (at_min);
-- The same, a row a cause. Reached and silent are good minutes, and stand with them.
create view slo_bucket as
  select b.key, b.at_min, c.cause, c.minutes, case when c.cause = 1 then b.reached else 0 end as reached, case when c.cause = 1 then b.silent else 0 end as silent
  from slo_five_minutes b cross join lateral (values
    (1::smallint, b.ok),
    (10::smallint, b.provider),
    (11::smallint, b.maintenance),
    (12::smallint, b.guest),
    (13::smallint, b.boot_slow),
    (14::smallint, b.watchdog_false_positive),
    (15::smallint, b.watchdog_benign_positive),
    (16::smallint, b.watchdog_unruled),
    (30::smallint, b.watchdog_idle),
    (31::smallint, b.watchdog_quarantine),
    (32::smallint, b."user"),
    (33::smallint, b.boot),
    (34::smallint, b.spot),
    (35::smallint, b.announced_maintenance),
    (50::smallint, b.watchdog_blind),
    (51::smallint, b.provider_no_data),
    (52::smallint, b.watchdog_unruled_yet),
    (53::smallint, b.stop_unexplained)) c (cause, minutes)
  where c.minutes <> 0;

-- Minutes by UTC day, VM and group: what months, owners and attainment are read from.
create table slo_daily (
  vm integer not null,
  day integer not null,
  grp integer not null,
  good smallint not null,
  bad smallint not null,
  excluded smallint not null,
  unknown smallint not null,
  reached smallint not null default 0,
  silent smallint not null default 0,
  primary key (vm, day, grp)) partition by range (day);

-- How far the books are written: they begin with the scope's first listing, and nothing at or after its watermark is known yet. Buckets
-- and days are written up to their own marks, the begin of a five-minute span and of a day; a day after its end.
create table slo_scope (
  scope smallint primary key references scope,
  from_min integer not null,
  watermark_min integer not null,
  bucket_min integer not null check (bucket_min % 5 = 0),
  day integer not null,
  -- The days before it hold together: no overlap, no gap, sums as the rows say.
  checked_day integer not null default 0,
  check (from_min <= watermark_min));

-- The place in each of the logs that are read, in the order of transactions.
create table slo_cursor (
  log text primary key check (log in ('event', 'transition', 'membership')),
  xid xid8 not null,
  id bigint not null);
insert into slo_cursor (log, xid, id) values ('event', '0', 0), ('transition', '0', 0), ('membership', '0', 0);

-- A month that is closed; what changes in it later is an amendment.
create table slo_month (
  month date primary key check (extract(day from month) = 1),
  closed_at timestamptz not null);
create table slo_amendment (
  id bigint primary key generated always as identity,
  at timestamptz not null,
  month date not null,
  vm integer not null,
  from_min integer not null,
  to_min integer not null,
  -- Null: not in scope.
  was smallint references slo_cause,
  became smallint references slo_cause,
  reason text not null,
  check (from_min < to_min));
create index slo_amendment_month on slo_amendment (month, id);
create trigger slo_amendment_append_only before update or delete on slo_amendment for each row execute function refuse_change();
create trigger slo_amendment_keeps_all before truncate on slo_amendment for each statement execute function refuse_change();

-- Makes a month's partitions, and drops those of months before one. Workers may not alter the schema: these two do it for them.
create function slo_make_month(month date) returns void language plpgsql security definer set search_path from current as $$
declare
  first_day integer := month - date '1970-01-01';
  next_day integer := (month + interval '1 month')::date - date '1970-01-01';
  suffix text := to_char(month, 'YYYY_MM');
begin
  if extract(day from month) <> 1 then
    raise exception 'slo_make_month wants the first day of a month, not %', month;
  end if;
  execute format('create table if not exists %I partition of slo_interval for values from (%s) to (%s)',
    'slo_interval_' || suffix, first_day * 1440, next_day * 1440);
  -- Every five minutes the rows that reach into them are added up: the open ones, by an index of their own, and those that have just ended,
  -- which lie near each other on disk.
  execute format('create index if not exists %I on %I (grp) where to_min = 2147483647', 'slo_interval_' || suffix || '_open', 'slo_interval_' || suffix);
  execute format('create index if not exists %I on %I using brin (to_min int4_minmax_multi_ops) with (pages_per_range = 32, autosummarize = on)',
    'slo_interval_' || suffix || '_to', 'slo_interval_' || suffix);
  execute format('create table if not exists %I partition of slo_five_minutes for values from (%s) to (%s)',
    'slo_five_minutes_' || suffix, first_day * 1440, next_day * 1440);
  -- Buckets are written in the order of time, and windows read the last of them.
  execute format('create index if not exists %I on %I using brin (at_min) with (pages_per_range = 32, autosummarize = on)',
    'slo_five_minutes_' || suffix || '_at', 'slo_five_minutes_' || suffix);
  execute format('create table if not exists %I partition of slo_daily for values from (%s) to (%s)',
    'slo_daily_' || suffix, first_day, next_day);
end $$;

create function slo_drop_before(month date) returns integer language plpgsql security definer set search_path from current as $$
declare
  part record;
  dropped integer := 0;
begin
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    where p.relname in ('slo_interval', 'slo_five_minutes', 'slo_daily') and p.relnamespace = c.relnamespace
      and c.relname ~ '_[0-9]{4}_[0-9]{2}$' and to_date(right(c.relname, 7), 'YYYY_MM') < month
  loop
    execute format('drop table %I', part.relname);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;
