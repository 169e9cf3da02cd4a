-- Who may ask the worker's HTTP listener for what. Of the secret only a digest is kept: 256 random bits cannot be guessed from it.
create table api_key (
  id bigint primary key generated always as identity,
  name text not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by text,
  -- To the day: a write a request would cost more than the request.
  last_used date,
  check (created_at < expires_at),
  check ((revoked_at is null) = (revoked_by is null)));

-- Who may start no VM: asked for each second, whole.
create index act_block on act (done_at) where kind = 'block' and state = 'verified';
create index case_file_held on case_file (class) where closed_at is null and state in ('contained', 'confirmed');
