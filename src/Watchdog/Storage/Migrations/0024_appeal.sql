-- What an owner says against a case: one a case. It starts a clock, which a ruling or the case's end stops.
create table appeal (
  id bigint primary key generated always as identity,
  case_id bigint not null unique references case_file,
  at timestamptz not null,
  -- The owner's own words: a stranger's text, bounded, and escaped wherever it is shown.
  words text not null,
  due_at timestamptz not null,
  -- When people were told that it is overdue; null before.
  fired_at timestamptz,
  ended_at timestamptz,
  ended text check (ended in ('ruled', 'released', 'closed')),
  check ((ended_at is null) = (ended is null)));
create index appeal_open on appeal (due_at) where ended_at is null;
