-- Containment that proves itself. More rungs than quarantine and stop; a plan that is stored before it begins; an isolation that did not hold
-- ends as escalated, and names the act that takes over.
alter table act drop constraint act_kind_check;
alter table act add constraint act_kind_check check (kind in ('warn', 'restrain', 'quarantine', 'stop', 'reboot', 'block', 'release'));
alter table act drop constraint act_state_check;
alter table act add constraint act_state_check check (state in
  ('observed', 'proposed', 'admitted', 'planned', 'executing', 'applied', 'verified', 'unverifiable', 'escalated', 'failed', 'released', 'refused',
   'withdrawn'));
alter table act add column escalated_from bigint references act;
-- What the verification has gathered so far, and what it said at its end.
alter table act add column verification jsonb;

drop index act_due;
create index act_due on act (scope, due_at) where state in ('admitted', 'planned', 'executing', 'applied');
drop index act_one_open;
create unique index act_one_open on act (instance_id, kind) where state in ('observed', 'proposed', 'admitted', 'planned', 'executing', 'applied');

-- Two groups in turn cut tracked connections, and the first one opens the interface: from when to when it was, or may have been, open.
alter table step add column exposed_at timestamptz;
alter table step add column covered_at timestamptz;
create index step_exposed on step (act_id) where exposed_at is not null and covered_at is null;

-- Evidence that was taken before an act: texts and pictures, each bounded, for people; never read back by a detector.
create table exhibit (
  id bigint primary key generated always as identity,
  act_id bigint not null references act,
  kind text not null check (kind in ('console', 'screenshot', 'guest', 'snapshots')),
  at timestamptz not null,
  content bytea not null,
  media_type text not null);
create index exhibit_act on exhibit (act_id);
