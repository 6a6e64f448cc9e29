-- check: do published numbers contradict each other beyond their rounding?

-- coefficients

-- Since: 0.1.0
CREATE FUNCTION kz_check_coefficients(matrix kz_matrix, digits integer DEFAULT 2, rounding_error float8 DEFAULT 0.5)
RETURNS TABLE (coefficient text, industry text, value float8, low float8, high float8, contradicts boolean, set_share float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 20
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_check_coefficients(kz_matrix, integer, float8) IS
'Checks printed coefficients of one region and period against each other: whatever their base, they are the region''s share of the industry over a share of the region, so each is s(industry) * k(coefficient). matrix: coefficient x industry, values as printed; an absent cell is not printed, so a printed zero must be an explicit cell. digits: printed after the decimal point (-15 to 15). rounding_error: how far a printed value may be off, in units of its last digit; 0.5 allows ties to be rounded either way, 1 allows digits to be cut off. One row for each cell. contradicts: the cell is in the chosen set of cells without which the rest can all be right: a smallest set, and of these the one whose values are off by the least factors. set_share: in which part of the smallest sets it is; 1 means that no explanation by so few errors does without it, between 0 and 1 that there is another one. NULL: the search ended before it saw all sets (it may take some tenths of a second), and the chosen set is enough but maybe not a smallest one. low, high: where the unrounded value must lie according to the other cells outside the chosen set; high is NULL where nothing bounds it. status: ok; too few (no other cell says anything of it); suppressed (NULL value: not checked, but low and high are what the others leave for it); negative (not checked). A table that is right up to its rounding is never found to contradict itself. matrix NULL: no rows; other NULLs: the default. Errors: more than 100000 possible cells, digits or rounding_error out of range.';

-- Since: 0.1.0
CREATE FUNCTION kz_check_coefficients(matrix kz_matrix, digits kz_matrix, rounding_error float8 DEFAULT 0.5)
RETURNS TABLE (coefficient text, industry text, value float8, low float8, high float8, contradicts boolean, set_share float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 20
AS 'MODULE_PATHNAME', 'kz_check_coefficients_by_cell';
COMMENT ON FUNCTION kz_check_coefficients(kz_matrix, kz_matrix, float8) IS
'As the form with one number of digits, with the digits printed in each cell. digits: coefficient x industry, NULL gives no rows. Error: a printed value without a cell of its own there.';

-- Since: 0.1.0
CREATE FUNCTION kz_check_ratios(matrix kz_matrix, digits integer DEFAULT 2, rounding_error float8 DEFAULT 0.5)
RETURNS TABLE (coefficient text, other text, low float8, high float8, low_industry text, high_industry text, contradicts boolean, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_check_ratios(kz_matrix, integer, float8) IS
'Why printed coefficients contradict each other: one row for each pair of coefficients with what their ratio coefficient / other, the same for all industries, must be. low: at least, because of low_industry; high: at most, because of high_industry (NULL where nothing bounds it). contradicts: low is above high, so those two industries cannot both be right. Arguments as in kz_check_coefficients. status: ok; too few (no industry has both). Suppressed and negative values are left out. matrix NULL: no rows.';

-- Since: 0.1.0
CREATE FUNCTION kz_check_ratios(matrix kz_matrix, digits kz_matrix, rounding_error float8 DEFAULT 0.5)
RETURNS TABLE (coefficient text, other text, low float8, high float8, low_industry text, high_industry text, contradicts boolean, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10
AS 'MODULE_PATHNAME', 'kz_check_ratios_by_cell';
COMMENT ON FUNCTION kz_check_ratios(kz_matrix, kz_matrix, float8) IS
'As the form with one number of digits, with the digits printed in each cell. digits: coefficient x industry, NULL gives no rows.';

-- Since: 0.1.0
CREATE FUNCTION kz_check(relation regclass, coefficient_column name, industry_column name, value_column name,
	period_column name DEFAULT NULL, region_column name DEFAULT NULL, digits integer DEFAULT NULL, rounding_error float8 DEFAULT 0.5)
RETURNS TABLE (region text, period text, coefficient text, industry text, value float8, low float8, high float8, contradicts boolean, set_share float8, status text)
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED COST 100000 ROWS 100
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
#variable_conflict use_column
DECLARE
	kind regtype := kz_study_type(relation, value_column);
	printed text;
	bad record;
BEGIN
	IF relation IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'relation must not be null',
			HINT = 'Name a table or a view.';
	END IF;
	PERFORM kz_study_column(relation, coefficient_column, 'coefficient_column', 'a label');
	PERFORM kz_study_column(relation, industry_column, 'industry_column', 'a label');
	PERFORM kz_study_column(relation, c, argument, kind_of_column)
	FROM (VALUES (1, period_column, 'period_column', 'a period'), (2, region_column, 'region_column', 'a label')) AS v (i, c, argument, kind_of_column)
	WHERE c IS NOT NULL
	ORDER BY i;
	IF kind IS NULL THEN
		PERFORM kz_study_column(relation, value_column, 'value_column', 'a number');
	ELSIF kind NOT IN ('text'::regtype, 'varchar', 'bpchar', 'numeric', 'bigint', 'integer', 'smallint') THEN
		PERFORM kz_study_column(relation, value_column, 'value_column', 'a number');
		IF digits IS NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
				MESSAGE = format('digits must not be null for column "%s" of type %s', value_column, kind),
				HINT = 'Only text and numeric keep the digits that were printed: say how many there were after the decimal point.';
		END IF;
	END IF;

	-- one row a cell, as it was printed; a label becomes the text that kz_matrix_agg makes of it
	printed := format('(SELECT %1$s AS region, %2$s AS period, %3$s AS coefficient, %4$s AS industry, r.%5$I AS value FROM %6$s AS r) AS r',
		VARIADIC ARRAY(SELECT CASE WHEN c IS NULL THEN 'CAST(NULL AS text)'
								   ELSE format('CASE WHEN r.%1$I IS NOT NULL THEN format(''%%s'', r.%1$I) COLLATE "C" END', c) END
					   FROM unnest(ARRAY[region_column, period_column, coefficient_column, industry_column]) WITH ORDINALITY AS v (c, i) ORDER BY i)
				 || ARRAY[value_column::text, relation::text]);

	EXECUTE format('SELECT coefficient, industry, period, region FROM %s WHERE coefficient IS NOT NULL AND industry IS NOT NULL
		GROUP BY 1, 2, 3, 4 HAVING count(*) > 1 ORDER BY 4, 3, 1, 2 LIMIT 1', printed)
	INTO bad;
	IF bad.coefficient IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'unique_violation',
			MESSAGE = format('coefficient "%s" of industry "%s" appears more than once%s%s', bad.coefficient, bad.industry,
							 ' in period "' || bad.period || '"', ' of region "' || bad.region || '"'),
			HINT = 'Name the columns that tell tables apart with period_column and region_column, or pass a view of one table.';
	END IF;

	IF kind IN ('text'::regtype, 'varchar', 'bpchar') THEN
		EXECUTE format('SELECT value::text AS value, coefficient, industry FROM %s
			WHERE value !~ ''^[[:space:]]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?[[:space:]]*$'' ORDER BY region, period, coefficient, industry LIMIT 1', printed)
		INTO bad;
		IF bad.value IS NOT NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_text_representation',
				MESSAGE = format('value of coefficient "%s" of industry "%s" is not a number: "%s"', bad.coefficient, bad.industry, bad.value),
				HINT = 'Pass a view in which a decimal comma is a point, and a dash or an empty text NULL.';
		END IF;
	END IF;

	RETURN QUERY EXECUTE format('SELECT t.region, t.period, c.*
		FROM (SELECT region, period, kz_matrix_agg(coefficient, industry, CAST(value AS float8)) AS matrix,
				kz_matrix_agg(coefficient, industry, CAST(coalesce($1, scale(value)) AS float8)) AS digits
			  FROM (SELECT region, period, coefficient, industry, CAST(value AS numeric) AS value FROM %s) AS r
			  GROUP BY 1, 2) AS t,
			kz_check_coefficients(t.matrix, t.digits, $2) AS c
		ORDER BY t.region, t.period, c.coefficient COLLATE "C", c.industry COLLATE "C"', printed)
	USING digits, rounding_error;
END
$$;
COMMENT ON FUNCTION kz_check(regclass, name, name, name, name, name, integer, float8) IS
'Does a table of published coefficients contradict itself beyond its rounding? relation: a table or view with one row for each printed coefficient. coefficient_column, industry_column: labels. value_column: what is printed; text and numeric keep its digits (0.90 has two), NULL is not disclosed. period_column, region_column: each region and period is a table of its own. digits: printed after the decimal point, instead of those of each value; needed where the column is of a float type. The other columns are those of kz_check_coefficients, which does the check. Errors: a column that does not exist or does not fit, a NULL label, the same coefficient twice, text that is no number.';

-- directions

-- Since: 0.1.0
CREATE FUNCTION kz_check_directions(matrix kz_matrix, directions kz_matrix, digits integer DEFAULT 2, tolerance float8 DEFAULT 0)
RETURNS TABLE (series text, period text, printed text, first_last_low float8, first_last_high float8, last_step_low float8, last_step_high float8,
	slope_low float8, slope_high float8, holds boolean, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_check_directions(kz_matrix, kz_matrix, integer, float8) IS
'Checks printed directions (arrows) against the printed values: one row for each direction. matrix: series x period, values as printed; an absent cell is not printed. directions: series x period, 1 up, 0 flat, -1 down, printed at that period and judged by the values up to it; an absent cell is not printed. Periods are in the order of their numbers if all are different whole numbers, else bytewise. digits: printed after the decimal point; NULL if values are exact. tolerance: up to which a change is flat. first_last, last_step, slope: the change by each rule at least and at most, given the rounding of the values, in units of the value; slope is the least-squares slope by period. holds: the direction is possible under at least one of the rules. status: ok; too few (fewer than two values up to the period); suppressed (a value that a rule needs is NULL: that rule is NULL, and holds is NULL unless another rule gives true). matrix or directions NULL: no rows. Errors: a direction that is not 1, 0 or -1, or of a series or period that the matrix lacks.';

-- totals

-- Since: 0.1.0
CREATE FUNCTION kz_check_totals(matrix kz_matrix, hierarchy kz_matrix, digits integer DEFAULT NULL, tolerance float8 DEFAULT 0)
RETURNS TABLE (region text, code text, value float8, parts_sum float8, parts bigint, difference float8, allowed float8, contradicts boolean, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_check_totals(kz_matrix, kz_matrix, integer, float8) IS
'Checks published parents against the sum of their children, one level at a time: one row for each region and code that is a column of the matrix and a group of the hierarchy. matrix: region x code, parents and children side by side (kz_transpose() checks a hierarchy of regions). hierarchy: member x group, weight 1 for a whole member; a member of itself is ignored, and so is a group that is no column. digits: printed after the decimal point (NULL: numbers are exact). tolerance: by how much more a parent may differ, in units of the value. difference = value - parts_sum; allowed = tolerance + half a unit of the last digit for each printed number, weighted. contradicts: the difference is above what is allowed; with a suppressed child parts_sum is a lower bound, and only a parent below it contradicts. An absent child is 0, but a parent without any child is not checked. status: ok; too few (no child is there: contradicts is NULL); incomplete totals (a child is suppressed); negative (likewise, and a number is negative, so there is no bound: contradicts is NULL); suppressed (the parent is; difference and contradicts are NULL). matrix or hierarchy NULL: no rows. Errors: a suppressed weight, a negative tolerance.';

-- Since: 0.1.0
CREATE FUNCTION kz_check_reference(matrix kz_matrix, reference kz_matrix, digits integer DEFAULT NULL, tolerance float8 DEFAULT 0)
RETURNS TABLE (industry text, value float8, regions_sum float8, regions bigint, difference float8, allowed float8, contradicts boolean, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_check_reference(kz_matrix, kz_matrix, integer, float8) IS
'Checks regions against the national row: one row for each industry of the reference. matrix: region x industry. reference: 1 x industry, as published. digits, tolerance, difference, allowed, contradicts and status as in kz_check_totals, with the regions as parts. A plain sum that is far above the national row counts something twice: a total among the regions (kz_check_margins), or a territory beside its parts (kz_check_territories). matrix or reference NULL: no rows. Errors: a reference of more than one row, or one that lacks an industry of the matrix.';

-- Since: 0.1.0
CREATE FUNCTION kz_check_margins(matrix kz_matrix, digits integer DEFAULT NULL, tolerance float8 DEFAULT 0)
RETURNS TABLE (side text, label text, without text, cells bigint, difference float8)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 2
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_check_margins(kz_matrix, integer, float8) IS
'Finds totals among the facts: one row for each row (side ''row'') or column (''column'') that is the sum of all others in every cell. without: the one other that is left out of the sum where there is one, such as a sub-total that is a part of another. cells: how many cells agree that are large enough to tell; one or two may be chance. difference: the largest, in units of the value. digits and tolerance as in kz_check_totals. Cells across from a suppressed one are not compared. Needs three rows or columns, four for one without another. matrix NULL: no rows.';

-- the same territory twice

-- Since: 0.1.0
CREATE FUNCTION kz_check_territories(matrix kz_matrix, crosswalk kz_matrix)
RETURNS TABLE (territory text, part text, territory_total float8, part_total float8, status text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10
BEGIN ATOMIC
	WITH present AS (
		SELECT t.label COLLATE "C" AS label, t.total, t.suppressed
		FROM kz_row_totals(matrix) AS t
		WHERE EXISTS (SELECT FROM kz_cells(matrix) AS c WHERE c.row_label = t.label AND c.value IS DISTINCT FROM 0)),
	pairs AS (
		SELECT c.row_label COLLATE "C" AS part, c.col_label COLLATE "C" AS territory
		FROM kz_cells(crosswalk) AS c
		WHERE c.value IS DISTINCT FROM 0)
	SELECT p.territory, p.part, t.total, s.total, CASE WHEN t.suppressed + s.suppressed > 0 THEN 'incomplete totals' ELSE 'ok' END
	FROM pairs AS p
	JOIN present AS t ON t.label = p.territory
	JOIN present AS s ON s.label = p.part
	WHERE p.part <> p.territory AND NOT EXISTS (SELECT FROM pairs AS o WHERE o.part = p.territory AND o.territory = p.territory)
	ORDER BY p.territory, p.part;
END;
COMMENT ON FUNCTION kz_check_territories(kz_matrix, kz_matrix) IS
'Finds territories that are in the facts together with a part of themselves, such as a region and its successors in one year: one row for each such pair. matrix: region x industry, of one period; a region is there if it has a cell that is not 0. crosswalk: member x group, the successors of each predecessor; a region that keeps its code while it loses territory is a member of itself and is not reported. territory_total, part_total: their row totals; status incomplete totals where these contain suppressed cells. A NULL argument gives no rows.';

-- Since: 0.1.0
CREATE FUNCTION kz_check_overlaps(relation regclass, label_column name, geometry_column name DEFAULT 'geom', tolerance float8 DEFAULT 0.001)
RETURNS TABLE (label text, other text, label_share float8, other_share float8)
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED COST 100000 ROWS 10
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
#variable_conflict use_column
DECLARE
	postgis text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
					 WHERE e.extname = 'postgis');
	regions text;
BEGIN
	IF NOT (tolerance >= 0 AND tolerance <= 1) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('tolerance must be from 0 to 1, not %s', tolerance),
			HINT = 'It is a share of the area of the smaller region.';
	END IF;
	PERFORM kz_check_regions(relation, label_column, geometry_column, ARRAY['POLYGON', 'MULTIPOLYGON'], true);
	regions := format('(SELECT format(''%%s'', r.%1$I) COLLATE "C" AS label, r.%2$I AS geom FROM %3$s AS r)', label_column, geometry_column, relation::text);
	RETURN QUERY EXECUTE format($query$
		SELECT label, other, common / nullif(area, 0), common / nullif(other_area, 0)
		FROM (SELECT a.label, b.label AS other, %1$s.ST_Area(a.geom) AS area, %1$s.ST_Area(b.geom) AS other_area,
				%1$s.ST_Area(%1$s.ST_Intersection(a.geom, b.geom)) AS common
			  FROM %2$s AS a
			  JOIN %2$s AS b ON a.label < b.label AND a.geom OPERATOR(%1$s.&&) b.geom AND %1$s.ST_Relate(a.geom, b.geom, '2********')) AS pairs
		WHERE common > $1 * least(area, other_area)
		ORDER BY label, other
		$query$, postgis, regions)
	USING tolerance;
END
$$;
COMMENT ON FUNCTION kz_check_overlaps(regclass, name, name, float8) IS
'Finds regions whose areas overlap, such as a territory and its successors in one table: one row for each pair. relation: a table or view with one row a region; a GiST index on its geometry column makes this fast. label_column: of any type. geometry_column: valid (multi)polygons of one SRID. tolerance: the share of the smaller area up to which borders may be drawn inexactly. label_share, other_share: the common area as a share of each, in the units of the coordinates. NULL arguments give no rows. Errors as in kz_contiguity_weights.';
