-- What people ask of many cases at once: the exact set is frozen first, each case at the version that was shown, and started afterwards.
create table bulk (
  id bigint primary key generated always as identity,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  payload jsonb not null,
  cases integer not null,
  started_at timestamptz,
  -- Until then its requests can be taken back, all of them.
  not_before timestamptz,
  undone_at timestamptz,
  undone_by text,
  check ((started_at is null) = (not_before is null) and (undone_at is null) = (undone_by is null) and (undone_at is null or started_at is not null)));
create table bulk_item (
  bulk_id bigint not null references bulk,
  case_id bigint not null references case_file,
  version integer not null,
  primary key (bulk_id, case_id));

-- A request is asked once by its asker's own key, may wait for its time, and may be taken back. State held: open, and not to be taken by a worker
-- from before this migration, which would overlook its time and take every kind that it does not know for a confirmation.
alter table request add column client_key text;
alter table request add column not_before timestamptz;
alter table request add column bulk_id bigint references bulk;
alter table request drop constraint request_state_check;
alter table request add constraint request_state_check check (state in ('open', 'held', 'accepted', 'done', 'refused', 'failed', 'withdrawn'));
create unique index request_client_key on request (actor, client_key) where client_key is not null;
create unique index request_bulk on request (bulk_id, case_id) where bulk_id is not null;
drop index request_open;
create index request_open on request (id) where state in ('open', 'held');

-- Who has taken a case on.
alter table case_file add column assignee text;
create index case_file_assignee on case_file (assignee) where assignee is not null and closed_at is null;
create index case_file_owner on case_file (owner, opened_at);

-- The program that had most of the CPU when an episode last took a step: what an exemption by executable goes by.
alter table episode add column executable text;
create index episode_executable on episode (executable) where executable is not null;
create index case_episode_of on case_episode (episode_id);

alter table exemption drop constraint exemption_kind_check;
alter table exemption add constraint exemption_kind_check check (kind in ('vm', 'owner', 'image', 'tag', 'executable'));
-- The case that gave rise to it, and who approved it beside its author.
alter table exemption add column case_id bigint references case_file;
alter table exemption add column approved_by text;

-- What covers more than one owner's VMs is proposed by one person and approved by another.
create table exemption_proposal (
  id bigint primary key generated always as identity,
  kind text not null check (kind in ('image', 'tag', 'executable')),
  subject text not null,
  reason text not null,
  author text not null,
  at timestamptz not null,
  until_at timestamptz not null,
  -- Nobody can approve it any more from then on.
  expires_at timestamptz not null,
  case_id bigint references case_file,
  -- The case is released with the approval, at the version that the author saw.
  release_version integer check (release_version is null or case_id is not null),
  state text not null default 'open' check (state in ('open', 'approved', 'declined')),
  decided_at timestamptz,
  decided_by text,
  decision text,
  exemption_id bigint references exemption,
  check ((state = 'open') = (decided_at is null) and (decided_at is null) = (decided_by is null) and (decided_at is null) = (decision is null)
    and (state = 'approved') = (exemption_id is not null)));
create index exemption_proposal_open on exemption_proposal (expires_at) where state = 'open';
