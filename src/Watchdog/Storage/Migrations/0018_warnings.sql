-- Before an idle stop its owner is warned. What is said inside the guest is an act of its own, and so is taking the tag of a stop off that somebody undid.
alter table act drop constraint act_kind_check;
alter table act add constraint act_kind_check check (kind in ('warn', 'restrain', 'quarantine', 'stop', 'reboot', 'block', 'release', 'notify', 'untag'));
alter table act drop constraint act_idle_check;
alter table act add constraint act_idle_check check (purpose = 'abuse' or (kind in ('stop', 'release', 'notify', 'untag') and episode_id is null));

create table idle_warning (
  id bigint primary key generated always as identity,
  -- The stop that it warns of.
  act_id bigint not null references act,
  instance_id text not null,
  scope smallint not null references scope,
  owner text not null,
  -- Which of the fixed texts.
  code text not null check (code in ('idle', 'schedule')),
  warned_at timestamptz not null,
  -- Not stopped before.
  deadline timestamptz not null,
  lead_seconds integer not null,
  -- False: it is stopped at the deadline whether or not anybody could be told.
  waits boolean not null,
  -- The control plane is to be told. False: none is configured, and the guest's own message counts.
  by_receiver boolean not null,
  told_at timestamptz,
  -- From then on the stop may begin; null while it waits until somebody was told.
  ready_at timestamptz,
  -- The act that tells the guest, and the one that calls it off there.
  guest_act bigint references act,
  off_act bigint references act,
  ended_at timestamptz,
  ended text check (ended in ('stopped', 'cancelled')),
  why text,
  -- The hold that the owner placed by its link: a link places one.
  hold_id bigint references hold,
  check ((ended_at is null) = (ended is null) and (ended_at is null) = (why is null)));
-- A VM has one warning at a time, however many workers there are.
create unique index idle_warning_open on idle_warning (instance_id) where ended_at is null;
create index idle_warning_act on idle_warning (act_id);
create index idle_warning_at on idle_warning (warned_at);
create index idle_warning_off on idle_warning (ended_at) where ended = 'cancelled' and guest_act is not null and off_act is null;
