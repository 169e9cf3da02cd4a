-- Which of several ways a step's last call went, written before the call: an idle stop hibernates or stops. Null where its kind has one way.
alter table step add column tried text;
