-- What SSM last said of a VM's agent; null where SSM does not manage the VM, or nobody has asked yet. Written on change only.
alter table vm add column agent text check (agent in ('reached', 'silent'));
alter table vm add column agent_since timestamptz;
create index vm_silent on vm (scope) where agent = 'silent' and gone_at is null;

-- When a scope's agents were last asked for, and last listed; blind once SSM has not answered for so long that nothing is known of any of them.
create table agent_look (
  scope smallint primary key references scope,
  tried_at timestamptz not null,
  seen_at timestamptz,
  blind boolean not null);
