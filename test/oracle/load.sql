-- The oracle's tables, from its folder of CSV files:
--   psql -v dir=../shared/oracle -f test/oracle/load.sql
-- One table a file, named as the file is; columns named as in the header, empty means NULL.
\set ON_ERROR_STOP on
\set QUIET on
CREATE SCHEMA oracle;
\cd :dir

CREATE TABLE oracle.automotive ("Rank" integer, "Company" text, "Country" text, "Quantity2014" integer,
    "Quantity2014_car" integer, "Turnover2008" float8, "Turnover2012" float8, "Turnover2013" float8);
\copy oracle.automotive FROM 'automotive.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.awkward_na_cell (region text, industry text, value integer);
\copy oracle.awkward_na_cell FROM 'awkward_na_cell.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.awkward_sparse_absent_cells (region text, industry text, value integer);
\copy oracle.awkward_sparse_absent_cells FROM 'awkward_sparse_absent_cells.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.awkward_zero_region_and_industry_6x6 (region text, industry text, value integer);
\copy oracle.awkward_zero_region_and_industry_6x6 FROM 'awkward_zero_region_and_industry_6x6.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.chile2013_io_demand (sector text, wage float8, intermediate_total_demand float8,
    household_consumption float8, non_profit_consumption float8, government_consumption float8,
    gross_fixed_capital_formation float8, change_in_inventories float8, exports float8, final_total_demand
    float8);
\copy oracle.chile2013_io_demand FROM 'chile2013_io_demand.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.chile2013_io_employment (sector text, employees integer, employment_coefficient float8);
\copy oracle.chile2013_io_employment FROM 'chile2013_io_employment.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.chile2013_io_transactions_12 ("from" text, "to" text, z float8);
\copy oracle.chile2013_io_transactions_12 FROM 'chile2013_io_transactions_12.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.de_states_contiguity (i text, j text, w integer);
\copy oracle.de_states_contiguity FROM 'de_states_contiguity.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.de_states_names (region text, code text);
\copy oracle.de_states_names FROM 'de_states_names.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.econgeo_hoover_5x4 (region text, industry text, value integer);
\copy oracle.econgeo_hoover_5x4 FROM 'econgeo_hoover_5x4.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.econgeo_lq_5x5 (region text, industry text, value integer);
\copy oracle.econgeo_lq_5x5 FROM 'econgeo_lq_5x5.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.econgeo_seed31_5x4 (region text, industry text, value integer);
\copy oracle.econgeo_seed31_5x4 FROM 'econgeo_seed31_5x4.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.eu28_emp_2007_2016 (year integer, geo text, nace text, emp1000 float8);
\copy oracle.eu28_emp_2007_2016 FROM 'eu28_emp_2007_2016.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.fk2014_egc_firms (region integer, industry text, firm text, emp_firm integer, emp_region
    integer);
\copy oracle.fk2014_egc_firms FROM 'fk2014_egc_firms.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.flq_region_employment (sector text, e_region integer, e_nation integer);
\copy oracle.flq_region_employment FROM 'flq_region_employment.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.freiburg_2008_2014 (industry text, "e_Freiburg2008" integer, "e_Freiburg2014" integer,
    "e_g_Freiburg_0814" float8, "e_Germany2008" integer, "e_Germany2014" integer, "e_g_Germany_0814" float8);
\copy oracle.freiburg_2008_2014 FROM 'freiburg_2008_2014.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.g_counties_gdp ("region_code_EU" text, region_code text, gdp1992 float8, gdp1994 float8,
    gdp1995 float8, gdp1996 float8, gdp1997 float8, gdp1998 float8, gdp1999 float8, gdp2000 float8, gdp2001
    float8, gdp2002 float8, gdp2003 float8, gdp2004 float8, gdp2005 float8, gdp2006 float8, gdp2007 float8,
    gdp2008 float8, gdp2009 float8, gdp2010 float8, gdp2011 float8, gdp2012 float8, gdp2013 float8, gdp2014
    float8, pop1992 float8, pop1994 float8, pop1995 float8, pop1996 float8, pop1997 float8, pop1998 float8,
    pop1999 float8, pop2000 float8, pop2001 float8, pop2002 float8, pop2003 float8, pop2004 float8, pop2005
    float8, pop2006 float8, pop2007 float8, pop2008 float8, pop2009 float8, pop2010 float8, pop2011 float8,
    pop2012 float8, pop2013 float8, pop2014 float8, gdppc1992 integer, gdppc1994 integer, gdppc1995 integer,
    gdppc1996 integer, gdppc1997 integer, gdppc1998 integer, gdppc1999 integer, gdppc2000 integer, gdppc2001
    integer, gdppc2002 integer, gdppc2003 integer, gdppc2004 integer, gdppc2005 integer, gdppc2006 integer,
    gdppc2007 integer, gdppc2008 integer, gdppc2009 integer, gdppc2010 integer, gdppc2011 integer, gdppc2012
    integer, gdppc2013 integer, gdppc2014 integer, regional text);
\copy oracle.g_counties_gdp FROM 'g_counties_gdp.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.g_regions_emp_2008_2014 (year integer, region text, industry text, emp integer);
\copy oracle.g_regions_emp_2008_2014 FROM 'g_regions_emp_2008_2014.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.g_regions_industries_2015 (year integer, region_code text, ind_code text, firms integer,
    emp_all integer, pop integer, area_sqkm float8);
\copy oracle.g_regions_industries_2015 FROM 'g_regions_industries_2015.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.goettingen_2008_2017 ("WZ2008_Code" text, "WZ2008_Name" text, "Goettingen2008" integer,
    "Goettingen2009" integer, "Goettingen2010" integer, "Goettingen2011" integer, "Goettingen2012" integer,
    "Goettingen2013" integer, "Goettingen2014" integer, "Goettingen2015" integer, "Goettingen2016" integer,
    "Goettingen2017" integer, "BRD2008" integer, "BRD2009" integer, "BRD2010" integer, "BRD2011" integer,
    "BRD2012" integer, "BRD2013" integer, "BRD2014" integer, "BRD2015" integer, "BRD2016" integer, "BRD2017"
    integer);
\copy oracle.goettingen_2008_2017 FROM 'goettingen_2008_2017.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.goettingen_health1_points (location integer, lat float8, lon float8, type text, district
    integer);
\copy oracle.goettingen_health1_points FROM 'goettingen_health1_points.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.goettingen_health1_xy (id integer, x float8, y float8, type text, weight integer);
\copy oracle.goettingen_health1_xy FROM 'goettingen_health1_xy.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.goettingen_health2_districts (district integer, pop float8, lat float8, lon float8,
    phys_gen integer, psych integer, pharm integer);
\copy oracle.goettingen_health2_districts FROM 'goettingen_health2_districts.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle."ioanalysis_toyIO_X" (rs text, x integer);
\copy oracle."ioanalysis_toyIO_X" FROM 'ioanalysis_toyIO_X.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle."ioanalysis_toyIO_Z" ("from" text, "to" text, z integer);
\copy oracle."ioanalysis_toyIO_Z" FROM 'ioanalysis_toyIO_Z.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.nc_sids (id text, east integer, north integer, "BIR74" integer, "SID74" integer, "BIR79"
    integer, "SID79" integer);
\copy oracle.nc_sids FROM 'nc_sids.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.nc_sids_neighbours (i text, j text, w integer);
\copy oracle.nc_sids_neighbours FROM 'nc_sids_neighbours.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.ny_leukemia (id text, x float8, y float8, gx float8, gy float8, cases float8, pop
    integer);
\copy oracle.ny_leukemia FROM 'ny_leukemia.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.wz08_groups (ind_code text, grp text);
\copy oracle.wz08_groups FROM 'wz08_groups.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.thesis_tables ("table" text, coefficient text, industry text, period_printed integer, period integer,
    value_printed text, arrow_printed text);
\copy oracle.thesis_tables FROM '../data/thesis_tables.csv' WITH (FORMAT csv, HEADER)

-- What the peers computed. A value may be a class or a list instead of a number; NA, NaN and Inf are
-- a peer's way to say that there is none.
CREATE TABLE oracle.reference (id text, measure text, peer text, dataset text, key text, value text, call text,
    note text,
    number float8 GENERATED ALWAYS AS (
        CASE WHEN value ~ '^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$' THEN value::float8 END) STORED);
\copy oracle.reference (id, measure, peer, dataset, key, value, call, note) FROM 'reference.csv' WITH (FORMAT csv, HEADER)
-- an interval is two values
INSERT INTO oracle.reference (id, measure, peer, dataset, key, value, call, note)
SELECT id, measure, peer, dataset, key || '|' || e.name, e.value, call, note
FROM oracle.reference, regexp_match(value, '^\[([0-9.]+), ([0-9.]+)\]') AS ends, LATERAL (VALUES ('low', ends[1]), ('high', ends[2])) AS e (name, value)
WHERE ends IS NOT NULL;
DELETE FROM oracle.reference WHERE value ~ '^\[[0-9.]+, [0-9.]+\]';
ANALYZE;
