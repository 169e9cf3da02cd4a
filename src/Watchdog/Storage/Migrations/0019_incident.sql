-- Incidents: what on-call is told of, one a kind, technique and scope at a time, however many VMs are in it.
create table incident (
  id bigint primary key generated always as identity,
  kind text not null,
  technique text not null,
  -- A scope's key (account/Region), an objective's group, or 'cluster'.
  scope text not null,
  severity text not null check (severity in ('info', 'warning', 'error', 'critical')),
  opened_at timestamptz not null,
  -- Nothing is told before: what comes together is told together.
  settles_at timestamptz not null,
  -- The last member left, and none came back; resolved a quiet period later.
  empty_since timestamptz,
  resolved_at timestamptz,
  acked_at timestamptz,
  acked_by text,
  -- Members at the last look, and the most there were at any.
  size integer not null default 0,
  peak integer not null default 0,
  -- What receivers know of it: pages so far, each a deduplication key of its own, and notifications so far.
  generation integer not null default 0,
  sequence integer not null default 0,
  -- As it was at the last page: what a further page is measured by, and who was told.
  paged jsonb,
  -- As it was at the last notification of any kind: an update that would say the same is not sent.
  told_hash bytea,
  told_at timestamptz,
  -- Stage, outcome and reason of the last decision: the same is not written again.
  mind text not null default '',
  -- Looked at again then, news or not.
  due_at timestamptz not null);
create unique index incident_open on incident (kind, technique, scope) where resolved_at is null;
create index incident_due on incident (due_at) where resolved_at is null;
create index incident_resolved on incident (resolved_at);

-- What an incident is made of: a case, an act, a condition. Facts are those of its last news.
create table incident_member (
  incident_id bigint not null references incident on delete cascade,
  member text not null,
  severity text not null check (severity in ('info', 'warning', 'error', 'critical')),
  first_at timestamptz not null,
  last_at timestamptz not null,
  cleared_at timestamptz,
  facts jsonb not null,
  traceparent text,
  primary key (incident_id, member));
create index incident_member_of on incident_member (member);
create index incident_member_condition on incident_member (incident_id) where cleared_at is null and member like 'condition:%';

-- Why each incident was told, or not: a row a change of mind, none for the same answer again.
create table incident_decision (
  id bigint primary key generated always as identity,
  incident_id bigint not null references incident on delete cascade,
  at timestamptz not null,
  stage text not null,
  outcome text not null,
  reason text not null);
create index incident_decision_of on incident_decision (incident_id, id);

create table silence (
  id bigint primary key generated always as identity,
  matcher jsonb not null,
  reason text not null,
  author text not null,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  ended_at timestamptz,
  ended_by text);
create index silence_until on silence (until_at);

-- What is wrong now beside the event log: each worker writes its own, and what it stops writing has ended. Instants are the database server's.
create table alert_condition (
  kind text not null,
  technique text not null,
  scope text not null,
  -- The worker that saw it; 'cluster' where any would see the same.
  node text not null,
  severity text not null check (severity in ('info', 'warning', 'error', 'critical')),
  since timestamptz not null,
  -- Nobody is told before it has held for so long.
  holds_for interval not null,
  seen_at timestamptz not null,
  facts jsonb not null,
  primary key (kind, technique, scope, node));
