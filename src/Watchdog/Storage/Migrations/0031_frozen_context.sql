-- What triage read of a plateau's day, and where the CPU usually lay: kept with the evidence, since CloudWatch's points end and a baseline moves on.
-- Beside the rest and not in it: lists read the facts, and need none of this.
alter table suspect add column context jsonb;
alter table evidence add column context jsonb, add column baseline bytea;
