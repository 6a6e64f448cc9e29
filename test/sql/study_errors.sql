-- Every error of kz_create_study and kz_drop_study: SQLSTATE, message, detail and hint; and names that try to be code
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
SET client_min_messages = warning;
CREATE SCHEMA study_errors;
SET search_path = study_errors, public;
CREATE TABLE fact (period integer, region text, industry text, value float8, note json, day date, amount money, flag boolean);
INSERT INTO fact VALUES (1, 'a', 'x', 1), (1, 'b', 'x', 2), (1, 'b', 'y', 2), (2, 'a', 'x', 1), (2, 'b', 'y', 1);
CREATE TABLE place (region text, name text, geom geometry, outline text);
INSERT INTO place VALUES ('a', 'A', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('b', 'B', ST_MakeEnvelope(1, 0, 2, 1, 3857));
CREATE TABLE attribute (period integer, region text, product float8, people integer, note text, day date);
INSERT INTO attribute VALUES (1, 'a', 1, 1), (1, 'b', 1, 1), (2, 'a', 1, 1), (2, 'b', 1, 1);
CREATE TABLE nation (period integer, industry text, value float8, product float8);
INSERT INTO nation VALUES (1, 'x', 10, 7), (1, 'y', 10, 7), (2, 'x', 10, 7), (2, 'y', 10, 7);
CREATE TEMPORARY TABLE passing (LIKE fact);
CREATE INDEX fact_index ON fact (period);
\pset tuples_only
\pset format unaligned

-- the name
SELECT pg_temp.error('SELECT kz_create_study(NULL, ''fact'')');
SELECT pg_temp.error('SELECT kz_create_study('''', ''fact'')');
SELECT pg_temp.error('SELECT kz_create_study(repeat(''x'', 64), ''fact'')');
SELECT pg_temp.error('SELECT kz_create_study(repeat(''ж'', 32), ''fact'')');
SELECT pg_temp.error('SELECT kz_create_study(''pg_mine'', ''fact'')');
SELECT pg_temp.error('SELECT kz_create_study(''study_errors'', ''fact'')');
-- the facts
SELECT pg_temp.error('SELECT kz_create_study(''s'', NULL)');
SELECT pg_temp.error('SELECT kz_create_study(''s'', 0::oid::regclass)');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''no_such'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact_index'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''passing'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', period_column => ''year'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', period_column => NULL)');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', period_column => ''note'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', period_column => ''ctid'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', region_column => ''day'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', region_column => ''flag'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', region_column => NULL)');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', industry_column => ''code'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', industry_column => NULL)');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', value_column => ''industry'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', value_column => ''amount'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', value_column => NULL)');
SELECT pg_temp.error(format('SELECT kz_create_study(''s'', ''fact'', industries => %L)', i))
FROM (VALUES (1, '{}'), (2, '{x,NULL}'), (3, '{{x},{y}}'), (4, '{x,z,q}')) v (n, i) ORDER BY n;
-- a period column may not be called like any column of ours
CREATE FUNCTION pg_temp.refused(name text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP VIEW IF EXISTS named; CREATE VIEW named AS SELECT period AS %I, region AS region_, industry AS industry_, value AS value_ FROM fact', name);
  RETURN pg_temp.error(format('SELECT kz_create_study(''s'', ''named'', period_column => %L, region_column => ''region_'', industry_column => ''industry_'', value_column => ''value_'')', name))
    LIKE '42701 period column must not be called "' || name || '"%';
END $$;
SELECT bool_and(pg_temp.refused("column")) FROM kz_study_columns();
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', period_column => ''region'')');
-- rows of the facts
SELECT pg_temp.error(format('INSERT INTO fact VALUES (%s); SELECT kz_create_study(''s'', ''fact'')', v))
FROM (VALUES (1, 'NULL, ''a'', ''x'', 1'), (2, '1, NULL, ''x'', 1'), (3, '1, ''a'', NULL, 1'), (4, '1, ''a'', ''x'', ''NaN''')) r (n, v) ORDER BY n;
-- the rules
SELECT pg_temp.error(format('SELECT kz_create_study(''s'', ''fact'', %s)', a))
FROM (VALUES (1, 'rule => ''most'''), (2, 'rule => NULL'), (3, 'threshold => 0'), (4, 'threshold => ''NaN'''), (5, 'threshold => NULL'), (6, 'threshold => ''Infinity'''),
  (7, 'trend_rule => ''up'''), (8, 'trend_rule => NULL'), (9, 'tolerance => -1'), (10, 'tolerance => NULL'), (11, 'distance => ''NaN'''), (12, 'distance => NULL'), (13, 'fill => NULL')) v (n, a) ORDER BY n;
-- the regions
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', region_name_column => ''name'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', ''place'', regions_region_column => ''code'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', ''place'', region_name_column => ''name_en'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', ''place'', geometry_column => ''shape'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', ''place'', geometry_column => ''outline'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', ''place'', geometry_column => NULL)');
SELECT pg_temp.error(format('INSERT INTO place VALUES (%s); SELECT kz_create_study(''s'', ''fact'', ''place'')', v))
FROM (VALUES (1, '''a'', ''again'', ST_MakeEnvelope(0, 0, 1, 1, 3857)'), (2, '''c'', ''C'', NULL'), (3, '''c'', ''C'', ST_MakePoint(1, 1)'), (4, 'NULL, ''C'', ST_MakeEnvelope(0, 0, 1, 1, 3857)'),
  (5, '''c'', ''C'', ST_MakeEnvelope(0, 0, 1, 1, 4326)'), (6, '''c'', ''C'', ''SRID=3857;POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))''')) r (n, v) ORDER BY n;
SELECT pg_temp.error('DELETE FROM place; SELECT kz_create_study(''s'', ''fact'', ''place'')');
SELECT pg_temp.error('INSERT INTO fact VALUES (1, ''c'', ''x'', 1); SELECT kz_create_study(''s'', ''fact'', ''place'')');
-- a region outside the industries of the study is none of its business
SELECT pg_temp.error('INSERT INTO fact VALUES (1, ''c'', ''z'', 1), (1, NULL, ''z'', 1); SELECT kz_create_study(''s'', ''fact'', ''place'', industries => ''{x,y}'')') LIKE 'no error%';
SELECT kz_drop_study('s');
DELETE FROM fact WHERE industry = 'z';
-- the attributes
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', population_column => ''people'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', reference_attributes => ''nation'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', population_column => ''note'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', population_column => ''persons'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', population_column => ''people'', attributes_period_column => ''year'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', population_column => ''people'', attributes_period_column => ''day'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', population_column => ''people'', attributes_region_column => ''day'')');
SELECT pg_temp.error(format('INSERT INTO attribute VALUES (%s); SELECT kz_create_study(''s'', ''fact'', %s attributes => ''attribute'', population_column => ''people'')', v, a))
FROM (VALUES (1, '1, ''a'', 1, 1', ''), (2, 'NULL, ''a'', 1, 1', ''), (3, '1, NULL, 1, 1', ''), (4, '1, ''KZ'', 2, 2', ''), (5, '1, ''KZ'', 2, 2', 'regions => ''place'',')) r (n, v, a) ORDER BY n;
-- the reference
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', reference => ''place'')');
SELECT pg_temp.error('DELETE FROM nation WHERE period = 2 AND industry = ''y''; SELECT kz_create_study(''s'', ''fact'', reference => ''nation'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', gross_product_column => ''product'', reference_attributes => ''nation'')');
SELECT pg_temp.error('DELETE FROM nation WHERE industry = ''y''; UPDATE nation SET product = NULL WHERE period = 2;
  SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', gross_product_column => ''product'', reference_attributes => ''nation'')');
SELECT pg_temp.error('DELETE FROM nation WHERE industry = ''y'' OR period = 2; SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', gross_product_column => ''product'', reference_attributes => ''nation'')');
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''fact'', attributes => ''attribute'', population_column => ''people'', reference_attributes => ''nation'')');
-- dropping
SELECT pg_temp.error('SELECT kz_drop_study(NULL)');
SELECT pg_temp.error('SELECT kz_drop_study(''s'')');
SELECT pg_temp.error('SELECT kz_drop_study(''study_errors'')');
-- nothing is left of what failed
SELECT count(*) FROM pg_namespace WHERE nspname = 's';
-- the helpers, called by hand
SELECT pg_temp.error('SELECT kz_study_sql(''{one} {two}'', ''{"one": "{two}"}'')');
SELECT kz_study_sql('{one} {two} {one}', '{"one": "{two}", "two": "a{one}b"}'), kz_study_sql('', '{}') = '', kz_study_sql(NULL, '{}') IS NULL;
SELECT pg_temp.error('SELECT kz_study_check(''{"facts": "study_errors.fact"}'')');
SELECT kz_study_type('fact', 'no_such') IS NULL, kz_study_equality('json'::regtype, 'json'::regtype) IS NULL, kz_study_equality('bigint'::regtype, 'integer'::regtype);

-- names that try to be code, each as a study, a relation and every column
CREATE TABLE hostile (n integer, name text);
INSERT INTO hostile VALUES (1, 'quote"d'), (2, 'it''s'), (3, 'semi;colon -- "'), (4, '{period}'), (5, '%I %L %s'), (6, 'select'), (7, E'new\nline\tand tab'), (8, '$$ || $sql$'),
  (9, 'Қазақстан'), (10, repeat('ж', 31)), (11, ' '), (12, 'Mixed Case.dot'), (13, E'back\\slash'), (14, '"'), (15, '}{'), (16, 'x"; DROP TABLE study_errors.hostile; --');
CREATE FUNCTION pg_temp.try(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  result text;
BEGIN
  EXECUTE format('CREATE TABLE %1$I (%1$I integer, %2$I text, %3$I text, %4$I float8)', name, left(name, 30) || 'r', left(name, 30) || 'i', left(name, 30) || 'v');
  EXECUTE format('INSERT INTO %I VALUES (1, %2$L, %2$L, 1), (1, %2$L, ''other'', 1), (2, %2$L, %2$L, 3), (1, ''other'', ''other'', 3), (2, ''other'', ''other'', 1)', name, name);
  EXECUTE format('CREATE TABLE %I (%I text, %I geometry(Polygon, 3857), %I float8, %I text, %I integer)', left(name, 30) || 't', left(name, 30) || 'k', left(name, 30) || 'g', left(name, 30) || 'p', left(name, 30) || 'n', name);
  EXECUTE format('INSERT INTO %I SELECT l, ST_MakeEnvelope(0, 0, 1, 1, 3857), 1, l, 1 FROM unnest(ARRAY[%L, ''other'']) l', left(name, 30) || 't', name);
  PERFORM kz_create_study(name, format('%I', name)::regclass, format('%I', left(name, 30) || 't')::regclass, format('%I', left(name, 30) || 't')::regclass,
    period_column => name::name, region_column => (left(name, 30) || 'r')::name, industry_column => (left(name, 30) || 'i')::name, value_column => (left(name, 30) || 'v')::name,
    industries => ARRAY[name, 'other'], regions_region_column => (left(name, 30) || 'k')::name, region_name_column => (left(name, 30) || 'n')::name,
    geometry_column => (left(name, 30) || 'g')::name, attributes_period_column => name::name, attributes_region_column => (left(name, 30) || 'k')::name,
    gross_product_column => (left(name, 30) || 'p')::name, rule => 'any');
  EXECUTE format('REFRESH MATERIALIZED VIEW %I.coefficients', name);
  EXECUTE format('SELECT count(*) || '' '' || count(DISTINCT k.id) || '' '' || bool_and(c.region_name = %L OR c.region_name = ''other'') FROM %I.candidates c JOIN %2$I.clusters_map k USING (%2$I, industry)', name, name)
  INTO result;
  PERFORM kz_drop_study(name);
  RETURN result;
END $$;
SELECT n, pg_temp.try(name) FROM hostile ORDER BY n;
SELECT count(*) FROM hostile;
SELECT pg_temp.error(format('SELECT kz_create_study(%L, ''fact'', value_column => %1$L)', name)) FROM hostile WHERE n IN (3, 4, 5) ORDER BY n;

DROP SCHEMA study_errors CASCADE;
