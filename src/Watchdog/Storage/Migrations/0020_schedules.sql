-- Which policy gave rise to an idle stop, and for which time of its schedule: null where no schedule did.
alter table act add column policy text;
alter table act add column occurrence_at timestamptz check (occurrence_at is null or purpose = 'idle');
-- One act for each VM and time, however many workers there are; one that came to nothing may be tried again.
create unique index act_one_occurrence on act (instance_id, kind, occurrence_at)
  where occurrence_at is not null and state not in ('withdrawn', 'refused', 'failed');

-- The VMs that one time of a schedule stops in a scope: whether EC2's start bucket could wake them again in time.
create table idle_wave (
  schedule text not null,
  occurrence_at timestamptz not null,
  scope smallint not null references scope,
  vms integer not null,
  -- Why none of them is stopped; null: they are.
  refused text,
  decided_at timestamptz not null,
  primary key (schedule, occurrence_at, scope));
