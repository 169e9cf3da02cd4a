-- Whether the way of messages is alive while none is under way; wall time. When a channel's place in the log was read last, and when somebody last asked for its messages.
alter table outbox_channel add column read_at timestamptz, add column asked_at timestamptz;
