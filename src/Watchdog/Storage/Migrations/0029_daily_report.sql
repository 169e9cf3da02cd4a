-- The days whose quarantine report was posted: one row a day, written with its messages, so that a day is posted once however many workers there are.
create table daily_report (
  day date primary key,
  posted_at timestamptz not null);
