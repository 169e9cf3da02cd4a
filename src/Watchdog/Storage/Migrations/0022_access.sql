-- Who has signed in to the ops pages. Of a cookie's secret only the digest is kept; times are wall time.
create table web_session (
  sha256 bytea primary key check (octet_length(sha256) = 32),
  name text not null,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  -- How the person was known when it began.
  method text not null check (method in ('link', 'oidc', 'proxy')),
  began_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  check (began_at < expires_at));
create index web_session_expires on web_session (expires_at);

-- Links that sign somebody in, once.
create table sign_in_link (
  sha256 bytea primary key check (octet_length(sha256) = 32),
  name text not null,
  role text not null check (role in ('viewer', 'operator', 'admin')),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (made_at < expires_at));
