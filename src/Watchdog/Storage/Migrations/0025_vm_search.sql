-- The search for VMs, by how their id or their owner begins; the database's collation does not order by beginnings.
create index vm_id_begins on vm (instance_id text_pattern_ops);
create index vm_owner_begins on vm (owner text_pattern_ops);
