-- One owner's simultaneous plateaus are one matter: the later cases point to the first, and lists show that one.
alter table case_file add column lead_case bigint references case_file;
create index case_file_lead on case_file (lead_case) where lead_case is not null;
create index case_file_owner_open on case_file (owner) where closed_at is null;
