-- Filters of the queue that people keep under names of their own.
create table saved_view (
  id bigint primary key generated always as identity,
  person text not null,
  name text not null,
  -- The queue's address with the filter.
  href text not null,
  at timestamptz not null,
  unique (person, name));
