-- kz_refresh_study, kz_refresh_progress and kz_study_definition; columns renamed, tables moved and dropped
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
SET client_min_messages = warning;
SET jit = off;
CREATE ROLE regress_kz_owner;
CREATE ROLE regress_kz_other;
CREATE SCHEMA study_operation;
GRANT USAGE, CREATE ON SCHEMA study_operation TO regress_kz_owner, regress_kz_other;
SET search_path = study_operation, public;
CREATE TABLE fact (period integer, region text, industry text, value float8);
INSERT INTO fact SELECT p, r, i, 1 + p + length(r || i) FROM generate_series(1, 2) p, unnest('{a,bb}'::text[]) r, unnest('{x,yy}'::text[]) i;
CREATE TABLE place (region text, label text, geom geometry(Polygon, 3857));
INSERT INTO place VALUES ('a', 'A', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('bb', 'B', ST_MakeEnvelope(1, 0, 2, 1, 3857));
CREATE TABLE attribute (year integer, region text, product float8, people integer);
INSERT INTO attribute SELECT p, r, 100, 10 FROM generate_series(1, 2) p, unnest('{a,bb}'::text[]) r;
CREATE TABLE nation (period integer, industry text, value float8, product float8);
INSERT INTO nation SELECT p, i, 100, 500 FROM generate_series(1, 2) p, unnest('{x,yy}'::text[]) i;
CREATE VIEW nation_product AS SELECT DISTINCT period, product, product AS people FROM nation;
SELECT kz_create_study('s', 'fact', 'place', 'attribute', 'nation', 'nation_product', region_name_column => 'label', attributes_period_column => 'year',
  gross_product_column => 'product', population_column => 'people', industries => '{x,yy}', threshold => 0.1);

-- every materialized view, in the order in which they read each other, wherever they come from
CREATE MATERIALIZED VIEW s.a_last AS SELECT count(*) AS clusters FROM s.clusters_map;
CREATE MATERIALIZED VIEW s.b_unfilled AS SELECT count(*) AS coefficients FROM s.candidates WITH NO DATA;
SELECT object, rows, milliseconds > 0 AS timed FROM kz_refresh_study('s');
SELECT * FROM s.b_unfilled;
-- it takes up what has changed, and may be called again and again
INSERT INTO fact VALUES (2, 'c', 'x', 100), (2, 'a', 'x', 3);
INSERT INTO place VALUES ('c', 'C', ST_MakeEnvelope(2, 0, 3, 1, 3857));
SELECT object, rows FROM kz_refresh_study('s');
SELECT object, rows FROM kz_refresh_study('s', full => true);
SELECT regions FROM s.clusters WHERE period = 2 AND industry = 'x';
DROP MATERIALIZED VIEW s.a_last, s.b_unfilled;

-- notices by a setting
SET client_min_messages = notice;
SET kzcluster.refresh_notice = on;
SELECT count(*) FROM kz_refresh_study('s');
RESET kzcluster.refresh_notice;
SET client_min_messages = warning;

-- its steps, as seen by anybody while it runs, here by the study itself; one view that reads the progress shows it
SELECT count(*) FROM kz_refresh_progress;
BEGIN;
SELECT count(*) FROM kz_refresh_study('s');
SET ROLE regress_kz_other;
SELECT study, object, step, steps, since BETWEEN now() - interval '1 minute' AND clock_timestamp() AS since, pid = pg_backend_pid() AS pid FROM kz_refresh_progress;
RESET ROLE;
COMMIT;
SELECT count(*) FROM kz_refresh_progress;

-- the definition: what the study was made with, under the names of now
SELECT * FROM s.definition \gx
SELECT count(*) FROM s.definition_columns;
\pset format unaligned
SELECT * FROM jsonb_each_text(kz_study_definition('s')) ORDER BY key COLLATE "C";
SELECT kz_study_sql('SELECT sum(s.{value}) FROM {facts} AS s {universe}', kz_study_definition('s')) AS query \gset
:query;
CREATE TABLE before AS SELECT * FROM s.coefficients;
-- columns renamed, even to each other's names, and tables renamed and moved
ALTER TABLE fact RENAME region TO swap;
ALTER TABLE fact RENAME industry TO region;
ALTER TABLE fact RENAME swap TO industry;
ALTER TABLE fact RENAME value TO "The ""Value""";
ALTER TABLE attribute RENAME product TO grp;
CREATE SCHEMA study_moved;
ALTER TABLE fact SET SCHEMA study_moved;
ALTER TABLE study_moved.fact RENAME TO "Facts of 'all'";
ALTER TABLE place RENAME region TO place;
ALTER SCHEMA s RENAME TO "S s";
SELECT facts, region_column, industry_column, value_column, regions_region_column, gross_product_column FROM "S s".definition;
SELECT object, rows FROM kz_refresh_study('S s');
SELECT count(*) AS differing FROM (SELECT * FROM before EXCEPT ALL SELECT * FROM "S s".coefficients) d;
SELECT d ->> 'facts', d ->> 'region', d ->> 'value', d ->> 'universe', d ->> 'study' FROM kz_study_definition('S s') d;
SELECT kz_study_sql('SELECT sum(s.{value}) FROM {facts} AS s {universe}', kz_study_definition('S s')) AS query \gset
:query;
ALTER SCHEMA "S s" RENAME TO s;
-- a column that is read cannot be retyped or dropped: the error names the study's views
SELECT regexp_replace(pg_temp.error('ALTER TABLE attribute ALTER grp TYPE numeric'), 'view s\.\w+', 'view s...');
SELECT pg_temp.error('ALTER TABLE attribute DROP people');
-- dropped all the same
ALTER TABLE attribute DROP people CASCADE;
SELECT pg_temp.error('SELECT kz_refresh_study(''s'')');
SELECT pg_temp.error('SELECT kz_study_definition(''s'')');
SELECT kz_drop_study('s');
ALTER TABLE study_moved."Facts of 'all'" RENAME TO fact;
ALTER TABLE study_moved.fact SET SCHEMA study_operation;

-- errors
SELECT pg_temp.error('SELECT kz_refresh_study(NULL)');
SELECT pg_temp.error('SELECT kz_refresh_study(''s'')');
SELECT pg_temp.error('SELECT kz_refresh_study(''study_operation'')');
SELECT pg_temp.error('SELECT kz_study_definition(NULL)');
GRANT SELECT ON fact TO regress_kz_owner;
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_kz_owner', current_database()); END $$;
SET ROLE regress_kz_owner;
SELECT kz_create_study('s', 'fact', region_column => 'industry', industry_column => 'region', value_column => 'The "Value"');
GRANT USAGE ON SCHEMA s TO regress_kz_other;
SELECT pg_temp.error('SELECT kz_refresh_study(''s'', NULL)');
SET ROLE regress_kz_other;
SELECT pg_temp.error('SELECT kz_refresh_study(''s'')');
SELECT pg_temp.error('SELECT * FROM s.definition');
-- a refresh that fails names the study and the object, and leaves everything as it was
RESET ROLE;
INSERT INTO fact VALUES (2, 'c', 'x', 'NaN');
SET ROLE regress_kz_owner;
SELECT pg_temp.error('SELECT kz_refresh_study(''s'')');
RESET ROLE;
REVOKE SELECT ON fact FROM regress_kz_owner;
SET ROLE regress_kz_owner;
SELECT pg_temp.error('SELECT kz_refresh_study(''s'')');
SELECT count(*) FROM s.coefficients;
SELECT count(*) FROM kz_refresh_progress;
-- a superuser may, as the owner
RESET ROLE;
DELETE FROM fact WHERE "The ""Value""" = 'NaN';
GRANT SELECT ON fact TO regress_kz_owner;
SELECT object, rows FROM kz_refresh_study('s');
SELECT kz_drop_study('s');

DROP SCHEMA study_operation, study_moved CASCADE;
DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_kz_owner', current_database()); END $$;
DROP ROLE regress_kz_owner, regress_kz_other;
