-- Policy as data. Where each confirmed episode of a case stands on its class's ladder.
create table case_ladder (
  case_id bigint not null references case_file,
  episode_id bigint not null references episode,
  scope smallint not null references scope,
  rung text not null check (rung in ('observe', 'warn', 'propose', 'restrain', 'quarantine', 'reboot', 'stop', 'block')),
  -- The act of the rung, or the one that was in force already; null where the rung has none.
  act_id bigint references act,
  at timestamptz not null,
  -- When to look at it again; null: once the act has ended.
  due_at timestamptz,
  -- Nothing is above it, or its case is closed.
  spent boolean not null default false,
  primary key (case_id, episode_id));
create index case_ladder_open on case_ladder (scope, due_at) where not spent;

-- How many VMs a run screened, and the CPU level that most of them shared: a fleet that is all alike is a fault of the data.
alter table shard_run add column screened integer not null default 0;
alter table shard_run add column modal_cpu real;
alter table shard_run add column modal_vms integer not null default 0;

-- What made the machine turn the brake; null where a person did. Turning it off keeps the cause: a person has seen it.
alter table brake add column cause text check (cause in ('candidates', 'listed', 'judged', 'equal', 'precision'));

-- Exemptions by image and tag, ended early, and whom each has covered so far.
alter table exemption drop constraint exemption_kind_check;
alter table exemption add constraint exemption_kind_check check (kind in ('vm', 'owner', 'image', 'tag'));
alter table exemption add constraint exemption_tag_check check (kind <> 'tag' or strpos(subject, '=') > 1);
alter table exemption add column ended_at timestamptz;
alter table exemption add column ended_by text;
alter table exemption add column end_reason text;
alter table exemption add constraint exemption_ended_check check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null));
create index exemption_until on exemption (until_at) where ended_at is null;
create table exemption_match (
  exemption_id bigint not null references exemption,
  instance_id text not null,
  at timestamptz not null,
  primary key (exemption_id, instance_id));

-- A VM that is kept from idle stops for a while. It keeps nobody from a verdict of abuse.
create table hold (
  id bigint primary key generated always as identity,
  instance_id text not null,
  reason text not null,
  author text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  end_reason text,
  check (from_at < until_at),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null)));
create index hold_vm on hold (instance_id, until_at) where ended_at is null;

-- Which detectors lost the right to act by themselves, by what people ruled.
create table detector_standing (
  class text primary key,
  demoted boolean not null,
  reason text not null,
  at timestamptz not null);

-- What the guards count by.
create index act_proposed on act (proposed_at) where kind <> 'release';
create index ruling_at on ruling (at);
create index vm_missing on vm (scope) where missing_since is not null and gone_at is null;
create index vm_first_seen on vm (first_seen);
create index vm_gone_at on vm (gone_at) where gone_at is not null;
