-- What a metric stream delivered of the screen's trailing window: a cache of CloudWatch, not a ledger. Unlogged: it writes no WAL, and a crash of the
-- server empties it, after which VMs are polled until it is full again.
create unlogged table metric_window (
  instance_id text not null,
  -- CloudWatch's name of the metric.
  metric text not null,
  -- The newest period of the ring, 300 s each since 1970: rows whose VMs fell silent go by it.
  newest integer not null,
  -- A ring of periods as PointRing writes it.
  points bytea not null,
  primary key (instance_id, metric)
-- Each row is rewritten each five minutes: the new version finds room on the same page, and no index changes.
) with (fillfactor = 45, autovacuum_vacuum_scale_factor = 0.2);
alter table metric_window alter column points set storage plain;

-- When each scope's stream last delivered a point that could be used.
create unlogged table metric_stream (
  scope smallint primary key,
  arrived_at timestamptz not null,
  newest integer not null);
