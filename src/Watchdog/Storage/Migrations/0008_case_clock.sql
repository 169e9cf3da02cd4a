-- What happens to a contained case on which nobody rules: when, and whether it is released or told to people.
alter table case_file add column clock_at timestamptz;
alter table case_file add column clock_does text check (clock_does in ('release', 'escalate'));
alter table case_file add column clock_fired_at timestamptz;
alter table case_file add constraint case_file_clock_check check ((clock_at is null) = (clock_does is null) and (clock_fired_at is null or clock_at is not null));
create index case_file_clock on case_file (scope, clock_at) where clock_at is not null and clock_fired_at is null;
