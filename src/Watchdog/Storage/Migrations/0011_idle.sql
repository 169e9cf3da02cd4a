-- A VM that nobody uses is stopped without a case: a case is what a person reviews, and idleness accuses nobody.
alter table act add column purpose text not null default 'abuse' check (purpose in ('abuse', 'idle'));
alter table act alter column case_id drop not null;
alter table act add constraint act_case_check check ((case_id is null) = (purpose = 'idle'));
alter table act add constraint act_idle_check check (purpose = 'abuse' or (kind in ('stop', 'release') and episode_id is null));

-- An idle stop that waits or is under way keeps no containment away.
drop index act_one_open;
create unique index act_one_open on act (instance_id, kind, purpose) where state in ('observed', 'proposed', 'admitted', 'planned', 'executing', 'applied');
create index act_idle on act (instance_id, id) where purpose = 'idle';

-- The VMs whose CPU rests, by the screen, and what a closer look at each found. A row goes when the CPU is in use again, or unknown.
create table idle_watch (
  instance_id text primary key,
  scope smallint not null references scope,
  shard smallint not null,
  -- The CPU is known to have rested since then.
  since timestamptz not null,
  -- Not looked at more closely before.
  due_at timestamptz not null,
  -- The SSM command of a look inside that was asked for and not read yet.
  asked_command text,
  asked_at timestamptz,
  -- The command of the last look that was read: a later one is held against it.
  heard_command text,
  -- What the last look found: what keeps it, and when it would be stopped.
  judged_at timestamptz,
  verdict jsonb);
create index idle_watch_due on idle_watch (shard, due_at);
