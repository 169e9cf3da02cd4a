-- The queue's order: worst first within a class, then the oldest. What the queue's counts and its folding look at is in the index.
create index case_file_worst on case_file (class, (-score), opened_at, id) include (score, state, lead_case, closed_at);
create index case_file_worst_open on case_file (class, (-score), opened_at, id) include (score, state, lead_case, closed_at) where closed_at is null;
-- Which cases a class was found on beside another one.
create index case_episode_class on case_episode (class, case_id);
-- The queue's search is by how an id or an owner begins; the database's collation does not order by beginnings. Equal ones are found by these too.
drop index case_file_vm;
create index case_file_vm on case_file (instance_id text_pattern_ops);
drop index case_file_owner;
create index case_file_owner on case_file (owner text_pattern_ops, opened_at);
