-- Scopes, leases, and what Inventory owns.
create table scope (
  id smallint primary key generated always as identity,
  key text not null unique,
  region text not null);

create table lease (
  name text primary key,
  epoch bigint not null,
  owner text not null,
  taken_at timestamptz not null);

create table vm (
  instance_id text primary key,
  scope smallint not null references scope,
  shard smallint not null check (shard between 0 and 63),
  owner text not null,
  plan text,
  state text not null,
  state_since timestamptz not null,
  state_reason text,
  instance_type text not null,
  vcpus smallint not null,
  image_id text,
  zone text,
  vpc_id text,
  launch_time timestamptz not null,
  private_ip text,
  public_ip text,
  lifecycle text,
  autoscaling_group text,
  tags jsonb not null,
  first_seen timestamptz not null,
  changed_at timestamptz not null,
  -- Absent from one complete listing; a second one makes it gone. A listing that failed proves nothing.
  missing_since timestamptz,
  gone_at timestamptz,
  fingerprint bigint not null);
create index vm_shard on vm (shard) where gone_at is null;
create index vm_scope on vm (scope) where gone_at is null;
create index vm_owner on vm (owner);
create index vm_gone on vm (scope, gone_at) where gone_at is not null;

create table vm_transition (
  id bigint primary key generated always as identity,
  instance_id text not null,
  scope smallint not null,
  -- When EC2 says it happened where it says so, else when it was seen.
  at timestamptz not null,
  observed_at timestamptz not null,
  from_state text,
  to_state text not null,
  reason text);
create index vm_transition_vm on vm_transition (instance_id, at);

create table scope_coverage (
  id bigint primary key generated always as identity,
  scope smallint not null references scope,
  kind text not null check (kind in ('inventory', 'status')),
  from_at timestamptz not null,
  to_at timestamptz not null,
  seen boolean not null,
  vms integer,
  detail text,
  check (from_at <= to_at));
create index scope_coverage_scope on scope_coverage (scope, kind, from_at);

create table impairment (
  instance_id text primary key,
  scope smallint not null,
  shard smallint not null,
  instance_check text not null,
  system_check text not null,
  ebs_check text not null,
  impaired_since timestamptz,
  events text[] not null default '{}',
  first_seen timestamptz not null,
  observed_at timestamptz not null);
create index impairment_shard on impairment (shard);

-- Detection.
create table vm_baseline (
  instance_id text primary key,
  hours bytea not null,
  until timestamptz not null) with (fillfactor = 70);

create table suspect (
  instance_id text primary key,
  scope smallint not null,
  shard smallint not null,
  class text not null,
  stage text not null check (stage in ('hot', 'triage', 'inspection', 'benign')),
  onset timestamptz not null,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  looks integer not null default 0,
  command_id text,
  detail jsonb not null default '{}');
create index suspect_due on suspect (shard, due_at);

create table episode (
  id bigint primary key generated always as identity,
  instance_id text not null,
  scope smallint not null,
  shard smallint not null,
  class text not null,
  onset timestamptz not null,
  opened_at timestamptz not null,
  confirmed_at timestamptz,
  closed_at timestamptz,
  score double precision not null,
  reason text not null,
  state jsonb not null default '{}');
create unique index episode_open on episode (instance_id, class) where closed_at is null;
create index episode_vm on episode (instance_id, opened_at);
create index episode_open_shard on episode (shard) where closed_at is null;

create table evidence (
  id bigint primary key generated always as identity,
  episode_id bigint not null references episode,
  at timestamptz not null,
  finding jsonb not null,
  facts jsonb);
create index evidence_episode on evidence (episode_id);

create table shard_run (
  shard smallint not null,
  at timestamptz not null,
  node text not null,
  epoch bigint not null,
  seen integer not null,
  judged integer not null,
  unknown integer not null,
  seconds double precision not null,
  primary key (shard, at));
create index shard_run_at on shard_run (at);

-- The running VMs of a shard whose last screen had no data: unknown, which is neither healthy nor guilty.
create table shard_blind (
  shard smallint primary key,
  instance_ids text[] not null);

-- Ledger.
create table case_file (
  id bigint primary key generated always as identity,
  instance_id text not null,
  scope smallint not null references scope,
  owner text not null,
  -- Headline: the most severe class found so far; every class has its row in case_episode.
  class text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  state text not null check (state in ('open', 'contained', 'released', 'confirmed', 'closed')),
  score double precision not null,
  reason text not null,
  rule_version text not null,
  -- Grows with every change that a person should have seen before asking for something.
  version integer not null default 1);
create index case_file_vm on case_file (instance_id);
create index case_file_open on case_file (opened_at) where closed_at is null;
-- One open case a VM: a second class found joins it.
create unique index case_file_one_open on case_file (instance_id) where closed_at is null;

-- The episodes of a case, each with its finding frozen when it joined.
create table case_episode (
  case_id bigint not null references case_file,
  episode_id bigint not null references episode,
  class text not null,
  onset timestamptz not null,
  joined_at timestamptz not null,
  ended_at timestamptz,
  score double precision not null,
  reason text not null,
  finding jsonb not null,
  primary key (case_id, episode_id));
create index case_episode_episode on case_episode (episode_id) where ended_at is null;

create table act (
  id bigint primary key generated always as identity,
  operation_id uuid not null unique default gen_random_uuid(),
  case_id bigint not null references case_file,
  -- The episode that gave rise to it; null for what a person asked for.
  episode_id bigint references episode,
  instance_id text not null,
  scope smallint not null references scope,
  kind text not null check (kind in ('quarantine', 'stop', 'release')),
  state text not null check (state in
    ('observed', 'proposed', 'admitted', 'executing', 'applied', 'verified', 'unverifiable', 'failed', 'released', 'refused', 'withdrawn')),
  -- Higher goes first in admission and in the actuator's queue.
  severity smallint not null,
  -- A person must approve it; approved_by says who did.
  needs_person boolean not null,
  approved_by text,
  reason text not null,
  actor text not null,
  rule_version text not null,
  proposed_at timestamptz not null,
  admitted_at timestamptz,
  due_at timestamptz,
  done_at timestamptz,
  attempts integer not null default 0,
  plan jsonb,
  detail text);
create index act_due on act (scope, due_at) where state in ('admitted', 'executing', 'applied');
create index act_waiting on act (proposed_at) where state in ('observed', 'proposed');
create index act_admitted on act (admitted_at) where admitted_at is not null;
create index act_case on act (case_id);
-- What is in force on a VM, asked before each plan.
create index act_vm on act (instance_id, id);
-- At most one unfinished act of a kind on a VM.
create unique index act_one_open on act (instance_id, kind) where state in ('observed', 'proposed', 'admitted', 'executing', 'applied');

create table step (
  id bigint primary key generated always as identity,
  act_id bigint not null references act,
  ordinal integer not null,
  kind text not null,
  target text not null,
  iam_action text not null,
  before jsonb not null,
  wanted jsonb not null,
  undo jsonb,
  state text not null check (state in ('planned', 'executing', 'done', 'skipped', 'failed')),
  -- Calls that AWS accepted without a visible effect.
  attempts integer not null default 0,
  started_at timestamptz,
  -- AWS accepted the call; whether it took effect is for the re-read to say.
  called_at timestamptz,
  done_at timestamptz,
  detail text,
  unique (act_id, ordinal));

create table request (
  id bigint primary key generated always as identity,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  case_id bigint not null references case_file,
  expected_version integer,
  payload jsonb not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'done', 'refused', 'failed')),
  act_id bigint references act,
  done_at timestamptz,
  outcome text);
create index request_open on request (id) where state = 'open';
create index request_case on request (case_id);
create index request_act on request (act_id) where act_id is not null;

create table ruling (
  id bigint primary key generated always as identity,
  case_id bigint not null references case_file,
  at timestamptz not null,
  ruling text not null check (ruling in ('true_positive', 'benign_positive', 'false_positive', 'duplicate', 'indeterminate')),
  actor text not null,
  reason text not null);
create index ruling_case on ruling (case_id);

create table event (
  id bigint primary key generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  kind text not null,
  subject text not null,
  data jsonb not null);
create index event_order on event (xid, id);

create table audit (
  id bigint primary key generated always as identity,
  at timestamptz not null,
  actor text not null,
  what text not null,
  subject text not null,
  data jsonb not null);

-- Append-only is a law of the database, not of the programs.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger event_append_only before update or delete on event for each row execute function refuse_change();
create trigger audit_append_only before update or delete on audit for each row execute function refuse_change();
create trigger ruling_append_only before update or delete on ruling for each row execute function refuse_change();
create trigger vm_transition_append_only before update or delete on vm_transition for each row execute function refuse_change();
create trigger event_keeps_all before truncate on event for each statement execute function refuse_change();
create trigger audit_keeps_all before truncate on audit for each statement execute function refuse_change();
create trigger ruling_keeps_all before truncate on ruling for each statement execute function refuse_change();
create trigger vm_transition_keeps_all before truncate on vm_transition for each statement execute function refuse_change();

-- One row: the kill switch.
create table brake (
  one boolean primary key default true check (one),
  is_on boolean not null,
  reason text not null,
  actor text not null,
  at timestamptz not null);
insert into brake (is_on, reason, actor, at) values (false, 'as installed', 'watchdog', '2026-01-01T00:00:00Z');

-- Scoped, reasoned exceptions that end; Policy reads them before it proposes and again before it admits.
create table exemption (
  id bigint primary key generated always as identity,
  kind text not null check (kind in ('vm', 'owner')),
  subject text not null,
  reason text not null,
  author text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  check (from_at < until_at));
create index exemption_subject on exemption (kind, subject);
