-- What each promise came to when it was looked at last, by group and window: gauges read it, so that no worker counts again what another has counted.
create table slo_standing (
  slo text not null,
  -- The name in slo_key; 'fleet' for an objective of each VM too.
  grp text not null,
  -- '28d', 'month', or a burn rate's window: '5m', '1h'.
  span text not null,
  from_min integer not null,
  to_min integer not null,
  good bigint not null,
  bad bigint not null,
  excluded bigint not null,
  unknown bigint not null,
  primary key (slo, grp, span),
  check (from_min < to_min));

-- The calendar month's minutes so far.
create table slo_region_month (
  region text not null,
  cause smallint not null references slo_cause,
  minutes bigint not null,
  primary key (region, cause));

-- Burn rates and steps: what fires, and what could not be told and stayed what it was.
create table slo_alarm (
  slo text not null,
  grp text not null,
  -- As configured, '14.4/1h+5m'; or 'step'.
  rung text not null,
  firing boolean not null,
  frozen boolean not null,
  -- The minute at which it began to fire, or to be quiet.
  since_min integer not null,
  -- A step's: VMs that were bad before it.
  baseline double precision not null default 0,
  reason text not null,
  at_min integer not null,
  primary key (slo, grp, rung));
