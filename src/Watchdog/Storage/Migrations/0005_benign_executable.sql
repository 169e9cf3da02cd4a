-- A plateau at a remembered level is looked into once: does the remembered program run it?
alter table suspect drop constraint suspect_stage_check;
alter table suspect add constraint suspect_stage_check check (stage in ('hot', 'triage', 'inspection', 'benign', 'recall'));
