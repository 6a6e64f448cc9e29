-- Who may do what with an incremental study: its owner, who does not own the facts; roles that write the facts and have
-- no right on the study; readers; strangers
SET client_min_messages = warning;
SET jit = off;
CREATE ROLE regress_kz_office;
CREATE ROLE regress_kz_writer;
CREATE ROLE regress_kz_reader;
CREATE ROLE regress_kz_stranger;
CREATE SCHEMA study_writers;
GRANT USAGE ON SCHEMA study_writers TO regress_kz_office, regress_kz_writer, regress_kz_reader, regress_kz_stranger;
SET search_path = study_writers, public;
CREATE TABLE fact (period integer, region text, industry text, value float8) PARTITION BY LIST (period);
CREATE TABLE fact_1 PARTITION OF fact FOR VALUES IN (1);
CREATE TABLE fact_2 PARTITION OF fact DEFAULT;
INSERT INTO fact SELECT p, r, i, 1 + p + length(r || i) FROM generate_series(1, 2) p, unnest('{a,bb}'::text[]) r, unnest('{x,yy}'::text[]) i;
\set SHOW_CONTEXT never
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_kz_office', current_database()); END $$;

-- the owner of the study needs SELECT and TRIGGER on the facts and on their partitions
GRANT SELECT ON fact, fact_1, fact_2 TO regress_kz_office;
SET ROLE regress_kz_office;
SELECT kz_create_study('s', 'fact', incremental => true);
RESET ROLE;
GRANT TRIGGER ON fact, fact_1, fact_2 TO regress_kz_office;
SET ROLE regress_kz_office;
SELECT kz_create_study('s', 'fact', incremental => true);
SELECT relname, relkind, pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relnamespace = 's'::regnamespace ORDER BY relname COLLATE "C";

-- a writer has no right on the study, and needs none
RESET ROLE;
GRANT INSERT ON fact TO regress_kz_writer;
SET ROLE regress_kz_writer;
INSERT INTO fact VALUES (1, 'c', 'x', 7), (3, 'c', 'x', 7);
SELECT count(*) FROM s.coefficients;
SELECT count(*) FROM s.log;
SELECT count(*) FROM s.stored;
DELETE FROM s.log;
RESET ROLE;
REVOKE INSERT ON fact FROM regress_kz_writer;
GRANT UPDATE (value), SELECT (region) ON fact TO regress_kz_writer;
SET ROLE regress_kz_writer;
UPDATE fact SET value = 5 WHERE region = 'a';
RESET ROLE;
REVOKE ALL ON fact FROM regress_kz_writer;
GRANT DELETE ON fact TO regress_kz_writer;
SET ROLE regress_kz_writer;
BEGIN;
DELETE FROM fact;
ROLLBACK;
RESET ROLE;
REVOKE ALL ON fact FROM regress_kz_writer;
GRANT INSERT ON fact_2 TO regress_kz_writer;
SET ROLE regress_kz_writer;
INSERT INTO fact_2 VALUES (4, 'c', 'x', 7);
-- who truncates must be able to read what goes
RESET ROLE;
GRANT TRUNCATE ON fact, fact_1, fact_2 TO regress_kz_writer;
SET ROLE regress_kz_writer;
TRUNCATE fact_1;
RESET ROLE;
GRANT SELECT ON fact_1, fact_2 TO regress_kz_writer;
SET ROLE regress_kz_writer;
BEGIN;
TRUNCATE fact;
ROLLBACK;
TRUNCATE fact_2;
RESET ROLE;
SELECT period, region, industry, value FROM s.coefficients ORDER BY 1, 2, 3;
SELECT period, region, industry, sum(value) FROM fact GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- whoever may not write the facts may not write the log
SET ROLE regress_kz_stranger;
INSERT INTO s.log VALUES (1, 1, '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1,0]]}');
SELECT count(*) FROM s.log;
SELECT count(*) FROM s.coefficients;
SELECT count(*) FROM s.candidates;
SELECT count(*) FROM s.definition;
-- nothing but the names of the tables that are watched
SELECT relname FROM pg_class WHERE relnamespace = 's'::regnamespace AND relkind IN ('r', 'v', 'm') AND has_table_privilege(oid, 'SELECT, UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES');
SELECT object FROM kz_refresh_study('s');
SELECT kz_drop_study('s');

-- a reader who is granted the study sees it, and nothing of the facts
SET ROLE regress_kz_office;
GRANT SELECT ON ALL TABLES IN SCHEMA s TO regress_kz_reader;
SET ROLE regress_kz_reader;
SELECT count(*) FROM s.coefficients;
SELECT count(*) > 0 AS any FROM s.candidates;
SELECT facts, region_column FROM s.definition;
SELECT kz_study_definition('s') ->> 'region' AS region;
SELECT count(*) FROM fact;
SELECT count(*) FROM s.definition_columns;

-- the owner folds and drops, and the triggers are gone
SET ROLE regress_kz_office;
SELECT object, rows FROM kz_refresh_study('s');
SELECT object, rows FROM kz_refresh_study('s', full => true);
SELECT kz_drop_study('s');
RESET ROLE;
SELECT count(*) FROM pg_trigger WHERE tgfoid = 'kz_study_log'::regproc;

-- row-level security: what the triggers see is more than the owner of the study may see
ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON fact TO regress_kz_office USING (region <> 'a');
SET ROLE regress_kz_office;
SELECT kz_create_study('s', 'fact', incremental => true);
RESET ROLE;
ALTER TABLE fact DISABLE ROW LEVEL SECURITY;
SET ROLE regress_kz_office;
SELECT kz_create_study('s', 'fact', incremental => true);
RESET ROLE;
ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
SET ROLE regress_kz_office;
SELECT object, rows FROM kz_refresh_study('s');
SELECT kz_drop_study('s');
-- it is none for the owner of the facts
RESET ROLE;
SELECT kz_create_study('s', 'fact', incremental => true);
INSERT INTO fact VALUES (1, 'd', 'x', 1);
SELECT count(*) FROM s.coefficients WHERE region = 'd';
SELECT kz_drop_study('s');

DROP SCHEMA study_writers CASCADE;
DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_kz_office', current_database()); END $$;
DROP ROLE regress_kz_office, regress_kz_writer, regress_kz_reader, regress_kz_stranger;
