-- Who may make a study, and what a reader of one sees
SET client_min_messages = warning;
SET jit = off;
CREATE ROLE regress_kz_office;
CREATE ROLE regress_kz_reader;
CREATE ROLE regress_kz_stranger;
CREATE SCHEMA study_privileges;
GRANT USAGE ON SCHEMA study_privileges TO regress_kz_office, regress_kz_reader, regress_kz_stranger;
SET search_path = study_privileges, public;
CREATE TABLE fact (period integer, region text, industry text, value float8, secret boolean);
INSERT INTO fact SELECT p, r, i, 1 + p + length(r || i), r = 'bb' FROM generate_series(1, 2) p, unnest('{a,bb}'::text[]) r, unnest('{x,yy}'::text[]) i;
CREATE TABLE place (region text, geom geometry(Polygon, 3857));
INSERT INTO place VALUES ('a', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('bb', ST_MakeEnvelope(1, 0, 2, 1, 3857));
\set SHOW_CONTEXT never

-- neither without the right to read the facts, nor without the right to make a schema
SET ROLE regress_kz_office;
SELECT kz_create_study('study_of_office', 'fact', 'place');
SELECT kz_create_study('study_of_office', 'fact');
RESET ROLE;
GRANT SELECT ON fact, place TO regress_kz_office;
SET ROLE regress_kz_office;
\set VERBOSITY sqlstate
SELECT kz_create_study('study_of_office', 'fact', 'place');
\set VERBOSITY default
RESET ROLE;
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_kz_office', current_database()); END $$;
SET ROLE regress_kz_office;
SELECT kz_create_study('study_of_office', 'fact', 'place');
-- it belongs to the role that made it
SELECT pg_get_userbyid(nspowner) AS owner FROM pg_namespace WHERE nspname = 'study_of_office';
SELECT relname, relkind, pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relnamespace = 'study_of_office'::regnamespace ORDER BY relname COLLATE "C";
REFRESH MATERIALIZED VIEW CONCURRENTLY study_of_office.coefficients;
REFRESH MATERIALIZED VIEW CONCURRENTLY study_of_office.clusters;
SELECT count(*) FROM study_of_office.candidates;

-- a stranger sees nothing through anything
SET ROLE regress_kz_stranger;
SELECT count(*) FROM study_of_office.coefficients;
REFRESH MATERIALIZED VIEW study_of_office.coefficients;
SELECT kz_drop_study('study_of_office');
SET ROLE regress_kz_office;
GRANT USAGE ON SCHEMA study_of_office TO regress_kz_stranger, regress_kz_reader;
SET ROLE regress_kz_stranger;
SELECT count(*) FROM study_of_office.coefficients;
SELECT count(*) FROM study_of_office.candidates;
SELECT count(*) FROM study_of_office.clusters;
SELECT count(*) FROM study_of_office.candidates_map;
SELECT count(*) FROM study_of_office.clusters_map;

-- a view gives no right that the reader lacks: not even with a grant on the view itself
SET ROLE regress_kz_office;
GRANT SELECT ON study_of_office.candidates, study_of_office.candidates_map TO regress_kz_stranger;
SET ROLE regress_kz_stranger;
SELECT count(*) FROM study_of_office.candidates;
-- a reader granted the views and what they read sees them, and nothing of the facts
SET ROLE regress_kz_office;
GRANT SELECT ON ALL TABLES IN SCHEMA study_of_office TO regress_kz_reader;
SET ROLE regress_kz_reader;
SELECT count(*) FROM study_of_office.coefficients;
SELECT count(*) FROM study_of_office.candidates;
SELECT count(*) FROM study_of_office.clusters_map;
SELECT count(*) FROM study_of_office.candidates_map;
SELECT count(*) FROM fact;
\set VERBOSITY sqlstate
REFRESH MATERIALIZED VIEW study_of_office.coefficients;
\set VERBOSITY default
RESET ROLE;
GRANT SELECT ON place TO regress_kz_reader;
SET ROLE regress_kz_reader;
SELECT count(*) FROM study_of_office.candidates_map;

-- rows that the owner may not see are in no study of the owner's
RESET ROLE;
ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY open ON fact TO regress_kz_office USING (NOT secret);
SET ROLE regress_kz_office;
REFRESH MATERIALIZED VIEW CONCURRENTLY study_of_office.coefficients;
SELECT DISTINCT region FROM study_of_office.coefficients;
-- and nobody refreshes them for somebody else: a superuser's refresh runs as the owner
RESET ROLE;
REFRESH MATERIALIZED VIEW study_of_office.coefficients;
SELECT DISTINCT region FROM study_of_office.coefficients;

SET ROLE regress_kz_office;
SELECT kz_drop_study('study_of_office');
RESET ROLE;
SELECT count(*) FROM pg_namespace WHERE nspname = 'study_of_office';
DROP SCHEMA study_privileges CASCADE;
DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_kz_office', current_database()); END $$;
DROP ROLE regress_kz_office, regress_kz_reader, regress_kz_stranger;
