-- A study with every part, plain and incremental, and one of a raw table: types and comments of all that is in it, and who sees what of it
SET client_min_messages = warning;
SET jit = off;
CREATE ROLE regress_kz_office;
CREATE ROLE regress_kz_reader;
CREATE ROLE regress_kz_stranger;
CREATE SCHEMA study_parts;
GRANT CREATE ON SCHEMA study_parts TO regress_kz_office;
GRANT USAGE ON SCHEMA study_parts TO regress_kz_office, regress_kz_reader, regress_kz_stranger;
SET search_path = study_parts, public;
\getenv inputdir PG_ABS_SRCDIR
\set root :inputdir '/..'
\cd :root
\set ECHO none
\i demo/load.sql
\i demo/illustrative.sql
CREATE TABLE late AS SELECT * FROM gva WHERE year > 2020;
GRANT SELECT ON ALL TABLES IN SCHEMA study_parts TO regress_kz_office;
GRANT TRIGGER ON late TO regress_kz_office;
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_kz_office', current_database()); END $$;
SET ROLE regress_kz_office;
\o /dev/null
\set facts late
\set study 'regress parts'
\set incremental false
\i test/full_study.sql
\set study 'regress live'
\set incremental true
\i test/full_study.sql
\set study 'regress raw'
\i test/raw_study.sql
\o
\set ECHO all
RESET ROLE;

-- every part is in it: of the functions that add to a study, those that have made nothing
SELECT p.proname FROM pg_proc p
WHERE p.proname LIKE 'kz\_study\_%' AND p.proargnames[1] = 'name' AND obj_description(p.oid, 'pg_proc') LIKE 'Adds %' AND NOT EXISTS (
  SELECT FROM pg_class c WHERE c.relnamespace = '"regress parts"'::regnamespace AND obj_description(c.oid, 'pg_class') LIKE '%Made by ' || p.proname || '. (kzcluster)')
ORDER BY 1;

-- what is in a study, and whose it is
CREATE VIEW objects AS
SELECT c.oid, n.nspname::text AS study, c.relname::text AS object, c.relkind, c.reloptions, c.relowner::regrole::text AS owner
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('regress parts', 'regress live', 'regress raw') AND c.relkind NOT IN ('i', 'I', 't');
SELECT object, string_agg(CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized' ELSE relkind::text END, ', ' ORDER BY study DESC) AS "plain, incremental"
FROM objects WHERE study <> 'regress raw' GROUP BY object ORDER BY object COLLATE "C";
SELECT string_agg(object, ', ' ORDER BY object COLLATE "C") AS raw FROM objects WHERE study = 'regress raw';
SELECT count(*) AS wrong FROM objects
WHERE owner <> 'regress_kz_office' OR (relkind = 'v' AND reloptions IS DISTINCT FROM '{security_invoker=true}') OR obj_description(oid, 'pg_class') IS NULL;
-- columns are text, integer, bigint, float8, boolean, date or a typed geometry, each with a comment; these are not:
SELECT o.object, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, string_agg(o.study, ', ' ORDER BY o.study DESC) AS studies
FROM objects o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE format_type(a.atttypid, a.atttypmod) NOT IN ('text', 'integer', 'bigint', 'double precision', 'boolean', 'date', 'geometry(MultiPolygon,4326)')
GROUP BY 1, 2, 3 ORDER BY 1, 2;
SELECT o.object, a.attname FROM objects o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE coalesce(col_description(o.oid, a.attnum), '') = '' ORDER BY 1, 2;
-- the definition is text that can be cast back, whatever the search_path
SELECT facts, regions, attributes, industries FROM "regress parts".definition;
SET search_path = '';
SELECT facts::regclass, attributes::regclass, industries::text[] FROM "regress parts".definition;
SET search_path = study_parts, public;

-- what a role sees of each object: rows, no rows, or that it has no right; of what is no matter, for it depends on the plan
GRANT SELECT ON objects TO PUBLIC;
CREATE FUNCTION seen(role name, study text, OUT object text, OUT seen text) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
  found boolean;
BEGIN
  FOR object IN SELECT o.object FROM objects o WHERE o.study = seen.study ORDER BY o.object COLLATE "C" LOOP
    BEGIN
      PERFORM set_config('role', role, true);
      EXECUTE format('SELECT true FROM %I.%I LIMIT 1', study, object) INTO found;
      seen := CASE WHEN found THEN 'rows' ELSE 'no rows' END;
    EXCEPTION WHEN insufficient_privilege THEN
      seen := 'no right';
    END;
    RESET ROLE;
    RETURN NEXT;
  END LOOP;
END $$;
-- a role without any right; in an incremental study everybody may look into the schema and see what is watched, for the triggers' sake
SELECT seen, count(*) FROM seen('regress_kz_stranger', 'regress parts') GROUP BY 1;
SELECT seen, object FROM seen('regress_kz_stranger', 'regress live') WHERE seen <> 'no right';
SELECT seen, object FROM seen('regress_kz_stranger', 'regress raw') WHERE seen <> 'no right';
-- with the right to look into the schema
SET ROLE regress_kz_office;
GRANT USAGE ON SCHEMA "regress parts", "regress live", "regress raw" TO regress_kz_stranger, regress_kz_reader;
RESET ROLE;
SELECT seen, object FROM seen('regress_kz_stranger', 'regress parts') WHERE seen <> 'no right';
-- even with a grant on every plain view it sees nothing that it may not see without them
SET ROLE regress_kz_office;
SELECT format('GRANT SELECT ON %I.%I TO regress_kz_stranger', study, object) AS statement FROM objects WHERE relkind = 'v' ORDER BY study, object COLLATE "C"
\set ECHO none
\gexec
\set ECHO all
RESET ROLE;
SELECT seen, object FROM seen('regress_kz_stranger', 'regress parts') WHERE seen <> 'no right';
SELECT seen, object FROM seen('regress_kz_stranger', 'regress live') WHERE seen <> 'no right';
SELECT seen, object FROM seen('regress_kz_stranger', 'regress raw') WHERE seen <> 'no right';

-- a reader with all of the study
SET ROLE regress_kz_office;
GRANT SELECT ON ALL TABLES IN SCHEMA "regress parts", "regress live", "regress raw" TO regress_kz_reader;
RESET ROLE;
SELECT seen, string_agg(object, ', ' ORDER BY object COLLATE "C") AS objects FROM seen('regress_kz_reader', 'regress parts') GROUP BY seen ORDER BY seen COLLATE "C";
SELECT seen, string_agg(object, ', ' ORDER BY object COLLATE "C") AS objects FROM seen('regress_kz_reader', 'regress live') GROUP BY seen ORDER BY seen COLLATE "C";
-- the views facts and revisions of a study of raw tables read these, and no others do
SELECT seen, string_agg(object, ', ' ORDER BY object COLLATE "C") AS objects FROM seen('regress_kz_reader', 'regress raw') GROUP BY seen ORDER BY seen COLLATE "C";
-- and with what its views read besides it, which the facts are not among, sees everything
GRANT SELECT ON region, region_year, illustrative_factor, illustrative_actor, illustrative_flow, section_name TO regress_kz_reader;
SELECT seen, count(*), CASE WHEN seen <> 'rows' THEN string_agg(object, ', ' ORDER BY object COLLATE "C") END AS objects FROM seen('regress_kz_reader', 'regress parts') GROUP BY seen ORDER BY seen COLLATE "C";
SELECT seen, count(*), CASE WHEN seen <> 'rows' THEN string_agg(object, ', ' ORDER BY object COLLATE "C") END AS objects FROM seen('regress_kz_reader', 'regress live') GROUP BY seen ORDER BY seen COLLATE "C";
-- that is all that it may do: neither read the facts, nor change, refresh or drop anything, nor write what it may insert into
SELECT study, object, privilege FROM objects, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
WHERE has_table_privilege('regress_kz_reader', oid, privilege) OR (privilege IN ('INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege('regress_kz_reader', oid, privilege));
CREATE FUNCTION refused(role name, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('role', role, true);
  EXECUTE statement;
  RESET ROLE;
  RETURN 'done: ' || statement;
EXCEPTION WHEN OTHERS THEN
  RESET ROLE;
  RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT refused('regress_kz_reader', 'SELECT FROM study_parts.late');
SELECT refused('regress_kz_reader', format('INSERT INTO "regress live".log VALUES (2023, 1, %L)', kz_matrix_agg('a'::text, 'b'::text, 1.0)));
SELECT refused('regress_kz_reader', format(s, n)) FROM unnest(ARRAY['SELECT kz_refresh_study(%L)', 'SELECT kz_study_clusters(%L, view_name => ''mine'')', 'REFRESH MATERIALIZED VIEW %I.measures', 'DROP VIEW %I.candidates']) s, unnest(ARRAY['regress parts', 'regress live']) n
ORDER BY s COLLATE "C", n;
-- which of its objects a refusal names is no matter
SELECT left(refused('regress_kz_reader', format('SELECT kz_drop_study(%L)', n)), 24) FROM unnest(ARRAY['regress parts', 'regress live']) n;
SELECT refused('regress_kz_stranger', 'SELECT kz_tile(''regress parts'', 4, 10, 5)'), refused('regress_kz_stranger', 'SELECT kz_tile(''regress parts'', 4, 10, 5, ''clusters'')');

-- all of it is refreshed and dropped
SET ROLE regress_kz_office;
SELECT object FROM kz_refresh_study('regress parts');
SELECT object FROM kz_refresh_study('regress live', "full" => true);
SELECT object FROM kz_refresh_study('regress raw');
SELECT kz_drop_study('regress parts'), kz_drop_study('regress live'), kz_drop_study('regress raw');
RESET ROLE;
SELECT count(*) AS objects, (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'kz\_%regress live') AS triggers FROM objects;
DROP SCHEMA study_parts CASCADE;
DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_kz_office', current_database()); END $$;
DROP ROLE regress_kz_office, regress_kz_reader, regress_kz_stranger;
