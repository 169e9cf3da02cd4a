-- Rates that all workers share: a row a scope and bucket. What was leased is what a worker may use within the lapse of its lease.
create table rate_bucket (
  scope text not null,
  bucket text not null,
  -- Below nought: leased ahead of the refill, each taker told to wait for it.
  tokens double precision not null,
  -- The instant up to which the refill is in tokens; it moves forward only.
  at timestamptz not null,
  -- What the last statement found and took: how a taker learns what is its own.
  found double precision not null,
  granted double precision not null,
  primary key (scope, bucket)) with (fillfactor = 50);

-- The workers, each by its own hand every few seconds; a worker writes its row anew when a crash of the server emptied this.
create unlogged table worker_node (
  name text primary key,
  host text not null,
  process integer not null,
  started_at timestamptz not null,
  program text not null,
  -- The newest migration that the program knows.
  schema integer not null,
  -- By the database server's clock, as what is compared with it.
  seen_at timestamptz not null,
  -- It said good-bye.
  stopped_at timestamptz,
  -- Seconds that its clock lies ahead of the database server's.
  skew double precision not null,
  jobs integer not null,
  leased bigint not null) with (fillfactor = 50);

-- The oldest program that may run on this schema: the newest migration that it must know. A migration that only adds leaves this
-- alone; one that an older program would trip over sets it to its own number.
create table schema_floor (
  one boolean primary key default true check (one),
  migration integer not null);
insert into schema_floor (migration) values (16);
