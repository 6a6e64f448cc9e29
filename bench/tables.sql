-- The tables of the benchmark: the same rows on every machine, from hashes of their numbers.
-- Variables: regions, industries, periods, counties, county_industries; full = all cells of the first three.
\set ON_ERROR_STOP 1
\set QUIET 1
SET work_mem = '1GB';

-- A pseudo-random number below 2^32 of a row and a seed.
CREATE FUNCTION pick(n bigint, seed bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashint8extended(n, seed) & 4294967295;

-- A pseudo-random place in 0 .. size - 1, and one that prefers low places as real facts do.
CREATE FUNCTION spread(n bigint, seed bigint, size bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN pick(n, seed) * size >> 32;

CREATE FUNCTION skewed(n bigint, seed bigint, size bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ((pick(n, seed) >> 1) * (pick(n, seed) >> 1) >> 32) * size >> 30;

-- Figures with two decimals, which no double holds exactly.
CREATE FUNCTION figure(n bigint) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (1 + spread(n, 1, 1000000)) / 100.0::float8;

-- Labels of five characters.
CREATE FUNCTION region_code(i bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'R' || lpad(i::text, 4, '0');

CREATE FUNCTION industry_code(i bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'I' || lpad(i::text, 4, '0');

-- unique: five sixths of all cells, one row each, in random order; ordered: the same rows by period, region and
-- industry; integers: the same rows in the same order with integer keys
CREATE UNLOGGED TABLE integers AS
SELECT (i % :regions)::int AS region, (i / :regions % :industries)::int AS industry,
	2001 + (i / (:regions::bigint * :industries))::int AS period, figure(i) AS value
FROM generate_series(0, :full - 1) AS i
ORDER BY hashint8extended(i, 2) LIMIT :full * 5 / 6;

CREATE UNLOGGED TABLE "unique" AS
SELECT region_code(region) AS region, industry_code(industry) AS industry, period, value FROM integers;

CREATE UNLOGGED TABLE ordered AS
SELECT * FROM "unique" ORDER BY period, region COLLATE "C", industry COLLATE "C";

-- several: rows drawn at random, many to a cell of the large regions and industries
CREATE UNLOGGED TABLE several AS
SELECT region_code(skewed(i, 3, :regions)) AS region, industry_code(skewed(i, 4, :industries)) AS industry,
	2001 + spread(i, 5, :periods)::int AS period, figure(i) AS value
FROM generate_series(1, :full * 5 / 3) AS i;

-- a tenth of them, on which forms of plain SQL are tried
CREATE UNLOGGED TABLE unique_tenth AS SELECT * FROM "unique" LIMIT :full / 12;
CREATE UNLOGGED TABLE several_tenth AS SELECT * FROM several LIMIT :full / 6;

-- county: one period of many regions, a third of the cells
CREATE UNLOGGED TABLE county AS
SELECT region_code(i % :counties) AS region, industry_code(i / :counties) AS industry, 2001 AS period, figure(i) AS value
FROM generate_series(0, :counties * :county_industries - 1) AS i
ORDER BY hashint8extended(i, 6) LIMIT :counties * :county_industries * 5 / 16;

VACUUM (FREEZE, ANALYZE);
