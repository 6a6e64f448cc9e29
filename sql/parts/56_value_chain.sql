-- value_chain: the industries around a core industry, as rows, as a picture, and as a view of a study

-- Since: 0.1.0
CREATE FUNCTION kz_value_chain(flows kz_matrix, core text, threshold float8 DEFAULT 0.05, output float8 DEFAULT NULL,
	related kz_matrix DEFAULT NULL, related_threshold float8 DEFAULT 0.5, coefficients kz_matrix DEFAULT NULL, region text DEFAULT NULL)
RETURNS TABLE (industry text, role text, rank integer, purchases float8, purchase_share float8, sales float8, sales_share float8,
	relatedness float8, lq float8, present boolean, status text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	bought kz_matrix := CASE WHEN core = ANY (kz_col_labels(flows)) THEN kz_cols(flows, ARRAY[core]) END;
	sold kz_matrix := CASE WHEN core = ANY (kz_row_labels(flows)) THEN kz_rows(flows, ARRAY[core]) END;
	kin kz_matrix := CASE WHEN core = ANY (kz_row_labels(related)) THEN kz_rows(related, ARRAY[core]) END;
	least_share float8 := coalesce(threshold, 0.05);
	least_kin float8 := coalesce(related_threshold, 0.5);
	wrong text := CASE WHEN NOT (least_share >= 0 AND least_share < 'infinity') THEN 'threshold'
					   WHEN NOT (abs(least_kin) < 'infinity') THEN 'related_threshold'
					   WHEN NOT (output > 0 AND output < 'infinity') THEN 'output' END;
BEGIN
	IF flows IS NULL THEN
		RETURN;
	ELSIF core IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'core must not be null',
			HINT = 'Name an industry of the flows.';
	ELSIF bought IS NULL AND sold IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format('flows lack the industry "%s"', core),
			HINT = 'The core is a label of the rows, which sell, and of the columns, which buy.';
	ELSIF wrong IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('%s must not be %s', wrong, CASE wrong WHEN 'threshold' THEN threshold WHEN 'output' THEN output ELSE related_threshold END),
			HINT = CASE wrong WHEN 'threshold' THEN 'It is a share, a finite number from 0 up.' WHEN 'output' THEN 'It is the total output of the core, in the unit of the flows.'
							  ELSE 'It is a finite number.' END;
	ELSIF (coefficients IS NULL) <> (region IS NULL) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'coefficients and region must be given together',
			HINT = 'region is a row of coefficients, a region x industry matrix of location quotients.';
	ELSIF NOT region = ANY (kz_row_labels(coefficients)) THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = format('coefficients lack the region "%s"', region),
			HINT = 'region is a row of coefficients, a region x industry matrix of location quotients.';
	END IF;

	RETURN QUERY
	WITH totals AS (
		SELECT coalesce(output, kz_total(bought)) AS bought, coalesce(output, kz_total(sold)) AS sold,
			output IS NULL AND EXISTS (SELECT FROM kz_col_totals(bought) AS t WHERE t.suppressed > 0) AS bought_incomplete,
			output IS NULL AND EXISTS (SELECT FROM kz_row_totals(sold) AS t WHERE t.suppressed > 0) AS sold_incomplete
	), members AS (
		SELECT core COLLATE "C" AS industry
		UNION SELECT unnest(kz_row_labels(bought)) UNION SELECT unnest(kz_col_labels(sold)) UNION SELECT unnest(kz_col_labels(kin))
	), linked AS (
		SELECT m.industry, CASE WHEN b.row_label IS NULL THEN 0 ELSE b.value END AS purchases, CASE WHEN s.col_label IS NULL THEN 0 ELSE s.value END AS sales,
			CASE WHEN m.industry <> core THEN kz_value(kin, core, m.industry::text) END AS relatedness, kz_value(coefficients, region, m.industry::text) AS lq
		FROM members AS m
		LEFT JOIN kz_cells(bought) AS b ON b.row_label COLLATE "C" = m.industry
		LEFT JOIN kz_cells(sold) AS s ON s.col_label COLLATE "C" = m.industry
	), shares AS (
		SELECT l.*, CASE WHEN l.purchases >= 0 AND t.bought > 0 THEN l.purchases / t.bought END AS purchase_share,
			CASE WHEN l.sales >= 0 AND t.sold > 0 THEN l.sales / t.sold END AS sales_share,
			CASE WHEN l.purchases IS NULL OR l.sales IS NULL THEN 'suppressed'
				WHEN least(l.purchases, l.sales, t.bought, t.sold) < 0 THEN 'negative'
				WHEN (l.purchases > 0 AND t.bought = 0) OR (l.sales > 0 AND t.sold = 0) THEN 'no base'
				WHEN (l.purchases > 0 AND t.bought_incomplete) OR (l.sales > 0 AND t.sold_incomplete) THEN 'incomplete totals'
				ELSE 'ok' END AS status
		FROM linked AS l CROSS JOIN totals AS t
	), roles AS (
		SELECT s.*, CASE WHEN s.industry = core THEN 'core' WHEN p AND q THEN 'both' WHEN p THEN 'supplier' WHEN q THEN 'buyer'
			WHEN s.relatedness >= least_kin THEN 'related' WHEN s.purchases IS NULL OR s.sales IS NULL THEN 'unknown' END AS role
		FROM shares AS s, LATERAL (SELECT s.purchase_share > 0 AND s.purchase_share >= least_share AS p, s.sales_share > 0 AND s.sales_share >= least_share AS q) AS passed
	)
	SELECT r.industry COLLATE "default", r.role, row_number() OVER links::integer - 1, r.purchases, r.purchase_share, r.sales, r.sales_share,
		r.relatedness, r.lq, r.lq > 0, r.status
	FROM roles AS r
	WHERE r.role IS NOT NULL
	WINDOW links AS (ORDER BY CASE r.role WHEN 'core' THEN 1 WHEN 'related' THEN 3 WHEN 'unknown' THEN 4 ELSE 2 END,
		greatest(r.purchase_share, r.sales_share) DESC NULLS LAST, r.relatedness DESC NULLS LAST, r.industry)
	ORDER BY 3;
END
$$;
COMMENT ON FUNCTION kz_value_chain(kz_matrix, text, float8, float8, kz_matrix, float8, kz_matrix, text) IS
'Returns the value chain around an industry: a row for the core and for each industry that it buys from or sells to. flows: industry x industry, rows sell and columns buy. role: core; supplier, of at least the share threshold of the core''s purchases; buyer, of at least that share of its sales; both; related, none of these, but at least related_threshold in related, an industry x industry matrix, in the row of the core; unknown, where a flow is suppressed. rank: 0 for the core, then by the larger of the two shares, related ones by relatedness. purchases, sales: of the core from and to the industry. purchase_share = a_ij = purchases / all purchases of the core in flows, sales_share = b_ij = sales / all its sales; with output, its total output, both are over that (input coefficient, allocation coefficient). lq: of the industry in the region, from coefficients, a region x industry matrix of location quotients; present: lq is above 0; both unknown where coefficients lack the industry. status: ok; suppressed (a flow is); negative (a flow or a total is: no share); no base (there is a flow, but its total is zero); incomplete totals (shares of a total that lacks suppressed flows are upper bounds). flows NULL: no rows; threshold, related_threshold NULL: their defaults. Errors: flows lack the core, coefficients the region. Sources: Leontief 1936; Ghosh 1958.';

-- pictures

-- Since: 0.1.0
CREATE FUNCTION kz_svg_chain_box(x float8, y float8, width float8, height float8, size float8, fill text, attributes text, lines text[], captions text[]) RETURNS text
LANGUAGE SQL STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT format('<g%s><title>%s</title><rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s" %s/>%s%s</g>',
		CASE WHEN dark THEN ' fill="#fff"' END, kz_svg_escape(array_to_string(ARRAY[array_to_string(lines, ' ')] || captions, '; ')),
		round(x::numeric, 1), round(y::numeric, 1), round(width::numeric, 1), round(height::numeric, 1), round((size / 4)::numeric, 1), fill, attributes,
		kz_svg_text(x + width / 2, first, size, 'text-anchor="middle" font-weight="600"', lines),
		CASE WHEN cardinality(captions) > 0 THEN kz_svg_text(x + width / 2, first + 1.15 * size * cardinality(lines), 0.9 * size, 'text-anchor="middle"', captions) END) || chr(10)
	FROM (SELECT y + height / 2 + size * (0.35 - 0.575 * (cardinality(lines) + 0.9 * cardinality(captions) - 1)) AS first,
				 CASE WHEN fill LIKE '#______' THEN 0.299 * get_byte(c, 0) + 0.587 * get_byte(c, 1) + 0.114 * get_byte(c, 2) < 140 ELSE false END AS dark
		  FROM (SELECT decode(CASE WHEN fill LIKE '#______' THEN substr(fill, 2) ELSE 'ffffff' END, 'hex') AS c) AS colour) AS place;
END;
COMMENT ON FUNCTION kz_svg_chain_box(float8, float8, float8, float8, float8, text, text, text[], text[]) IS
'A box of kz_svg_value_chain with lines of text and captions below them in its middle, white on a dark fill; attributes: further ones of the rectangle, as markup.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_chain_check(industries text[], roles text[], purchase_shares float8[], sales_shares float8[], lqs float8[], headings text[], captions text[], width integer) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	state text := 'invalid_parameter_value';
	problem text;
	hint text;
	bad record;
BEGIN
	SELECT * INTO bad FROM unnest(industries, roles, purchase_shares, sales_shares, lqs) WITH ORDINALITY AS t (industry, role, a, b, lq, i)
	WHERE industry IS NULL OR role IS NULL OR role NOT IN ('core', 'supplier', 'buyer', 'both', 'related', 'unknown') OR NOT (a >= 0 AND a < 'infinity')
		OR NOT (b >= 0 AND b < 'infinity') OR NOT abs(lq) < 'infinity' ORDER BY i LIMIT 1;
	IF industries IS NULL OR roles IS NULL OR purchase_shares IS NULL OR sales_shares IS NULL THEN
		state := 'null_value_not_allowed';
		problem := 'industries, roles, purchase_shares and sales_shares must not be null';
		hint := 'array_agg() over no rows is null: does the query find any industry?';
	ELSIF array_ndims(industries) > 1 OR cardinality(roles) <> cardinality(industries) OR cardinality(purchase_shares) <> cardinality(industries)
		OR cardinality(sales_shares) <> cardinality(industries) OR cardinality(lqs) <> cardinality(industries) THEN
		state := 'array_subscript_error';
		problem := 'industries, roles, purchase_shares, sales_shares and lqs must be arrays of one dimension and of one length';
		hint := 'Make them with array_agg() in the same query over kz_value_chain().';
	ELSIF bad.i IS NOT NULL THEN
		problem := CASE WHEN bad.industry IS NULL THEN format('industry %s must not be null', bad.i)
						WHEN bad.role IS NULL OR bad.role NOT IN ('core', 'supplier', 'buyer', 'both', 'related', 'unknown') THEN format('role of industry "%s" must not be %s', bad.industry, coalesce(quote_literal(bad.role), 'null'))
						ELSE format('shares and quotient of industry "%s" must be finite numbers, shares from 0 up', bad.industry) END;
		hint := 'Roles are those of kz_value_chain(); use NULL for a number that is not known.';
	ELSIF (SELECT count(*) FROM unnest(roles) AS r WHERE r = 'core') <> 1 THEN
		problem := format('one industry must have the role core, not %s', (SELECT count(*) FROM unnest(roles) AS r WHERE r = 'core'));
		hint := 'A picture shows the chain of one core in one region: choose them with WHERE.';
	ELSIF cardinality(headings) <> 5 OR array_position(headings, NULL) IS NOT NULL OR cardinality(captions) <> 5 OR array_position(captions, NULL) IS NOT NULL THEN
		problem := 'headings and captions must be five texts each';
		hint := 'Leave them out for English.';
	ELSIF width NOT BETWEEN 400 AND 20000 THEN
		problem := format('width must not be %s', width);
		hint := 'It is a number of pixels from 400 to 20000.';
	END IF;
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = state, MESSAGE = problem, HINT = hint;
	END IF;
END
$$;
COMMENT ON FUNCTION kz_svg_chain_check(text[], text[], float8[], float8[], float8[], text[], text[], integer) IS
'Raises an error where arguments of kz_svg_value_chain cannot be drawn, naming the first industry concerned.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_chain(industries text[], roles text[], purchase_shares float8[], sales_shares float8[], lqs float8[], fills text[],
	captions text[], related text, width float8, size float8, OUT svg text, OUT height float8)
LANGUAGE SQL STABLE PARALLEL SAFE COST 100000
BEGIN ATOMIC
	WITH frame AS (
		SELECT 2 * size AS margin, 0.27 * (width - 4 * size) AS box, 0.365 * (width - 4 * size) + 2 * size AS middle, 0.7 * size AS gap),
	given AS (
		SELECT i, industry, role, a, b, lq, fill, kz_svg_lines(industry, size, 0.88 * box - size) AS lines, captions[3] || ' ' || round(lq::numeric, 2) AS quotient,
			round(100 * a::numeric, 1) || ' % ' || captions[1] AS bought, round(100 * b::numeric, 1) || ' % ' || captions[2] AS sold
		FROM frame, unnest(industries, roles, purchase_shares, sales_shares, lqs, fills) WITH ORDINALITY AS t (industry, role, a, b, lq, fill, i)),
	sides AS (	-- an industry that sells to the core and buys from it stands on both sides
		SELECT side, row_number() OVER (PARTITION BY side ORDER BY share DESC NULLS LAST, industry COLLATE "C", i) AS n, industry, lines, share, fill,
			concat_ws(', ', part, quotient) AS caption, 1.15 * size * (cardinality(lines) + 2) AS least, greatest(1, sum(share) OVER (PARTITION BY side)) AS whole
		FROM given, LATERAL (VALUES (1, a, 'supplier', bought), (2, b, 'buyer', sold)) AS s (side, share, its_role, part)
		WHERE role IN ('both', its_role)),
	core AS (	-- its height is all of its purchases and all of its sales
		SELECT g.*, greatest(14 * size, (SELECT max(t) FROM (SELECT sum(least + gap) FROM sides, frame GROUP BY side) AS sums (t))) AS bar
		FROM given AS g WHERE role = 'core'),
	sized AS (
		SELECT s.*, ribbon, greatest(s.least, ribbon) AS tall FROM sides AS s, core, CAST(bar * coalesce(s.share, 0) / whole AS float8) AS ribbon),
	stacked AS (
		SELECT s.*, sum(tall + gap) OVER w - tall - gap AS above, sum(tall + gap) OVER (PARTITION BY side) - gap AS total,
			sum(ribbon) OVER w - ribbon AS ribbons_above, sum(ribbon) OVER (PARTITION BY side) AS ribbons
		FROM sized AS s, frame WINDOW w AS (PARTITION BY side ORDER BY n)),
	kin AS (
		SELECT g.*, 1.15 * size * (cardinality(lines) + 2) AS tall, sum(1.15 * size * (cardinality(lines) + 2) + gap) OVER (ORDER BY i) AS below
		FROM given AS g, frame WHERE role = 'related'),
	page AS (	-- the bar, with the related ones under it, in the middle of what is as high as the highest column
		SELECT greatest(bar + under, side) AS tall, (greatest(bar + under, side) - bar - under) / 2 AS bar_top
		FROM core, LATERAL (SELECT coalesce(3 * size + (SELECT max(below) FROM kin), 0) AS under, coalesce((SELECT max(total) FROM stacked), 0) AS side) AS columns),
	placed AS (
		SELECT s.*, x, y, y + (s.tall - ribbon) / 2 AS leaves, bar_top + (bar - ribbons) / 2 + ribbons_above AS lands,
			CASE side WHEN 1 THEN x + box ELSE x END AS x1, CASE side WHEN 1 THEN middle ELSE middle + box END AS x2
		FROM stacked AS s, page, core, frame, CAST(CASE side WHEN 1 THEN margin ELSE width - margin - box END AS float8) AS x,
			CAST((page.tall - total) / 2 + above AS float8) AS y),
	ribbons AS (
		SELECT string_agg(format('<path d="M%1$s %2$sC%3$s %2$s %3$s %5$s %4$s %5$sV%6$sC%3$s %6$s %3$s %7$s %1$s %7$sZ"><title>%8$s</title></path>',
			round(x1::numeric, 1), round(leaves::numeric, 1), round(((x1 + x2) / 2)::numeric, 1), round(x2::numeric, 1), round(lands::numeric, 1),
			round((lands + ribbon)::numeric, 1), round((leaves + ribbon)::numeric, 1), kz_svg_escape(industry || ': ' || caption)) || chr(10), '' ORDER BY side, n) AS svg
		FROM placed WHERE ribbon > 0),
	boxes AS (
		SELECT string_agg(kz_svg_chain_box(x, y, box, tall, size, fill, 'stroke="#6b7280"', lines, ARRAY[caption]), '' ORDER BY side, n) AS svg
		FROM placed, frame),
	others AS (
		SELECT string_agg(kz_svg_chain_box(middle, bar_top + bar + 3 * size + below - k.tall - gap, box, k.tall, size, k.fill, 'stroke="#6b7280" stroke-dasharray="4 3"',
			k.lines, array_remove(ARRAY[k.quotient], NULL)), '' ORDER BY k.i) AS svg
		FROM kin AS k, page, core, frame)
	SELECT concat('<g fill="#94a3b8" fill-opacity="0.5">', chr(10), ribbons.svg, '</g>', chr(10), boxes.svg,
			kz_svg_chain_box(middle, bar_top, box, bar, 1.2 * size, c.fill, 'stroke="#111827" stroke-width="2"', kz_svg_lines(c.industry, 1.2 * size, 0.88 * box - size),
				array_remove(ARRAY[c.quotient, CASE WHEN c.a > 0 THEN captions[5] || ' ' || c.bought END, CASE WHEN c.b > 0 THEN captions[5] || ' ' || c.sold END], NULL)),
			CASE WHEN others.svg <> '' THEN kz_svg_text(middle + box / 2, bar_top + bar + 2.2 * size, 1.1 * size, 'text-anchor="middle" fill="#4b5563"', ARRAY[related]) || chr(10) || others.svg END),
		page.tall
	FROM core AS c, page, frame, ribbons, boxes, others;
END;
COMMENT ON FUNCTION kz_svg_chain(text[], text[], float8[], float8[], float8[], text[], text[], text, float8, float8) IS
'The boxes and ribbons of kz_svg_value_chain, from y = 0 down, and how high they are.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_value_chain(industries text[], roles text[], purchase_shares float8[], sales_shares float8[], lqs float8[] DEFAULT NULL,
	title text DEFAULT NULL, subtitle text DEFAULT NULL, source text DEFAULT NULL, legend text DEFAULT 'Location quotient',
	headings text[] DEFAULT '{Suppliers,Core industry,Buyers,Related,Not disclosed}', captions text[] DEFAULT '{of purchases,of sales,LQ,no data,itself:}',
	width integer DEFAULT 960) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	size float8;			-- of the letters
	margin float8;
	room float8;			-- between the margins
	known integer := (SELECT count(l) FROM unnest(lqs) AS l);
	fills text[];
	class record;
	id text;				-- tells the pictures of one document apart
	part record;
	y float8;
	page text := '';
	lines text[];
BEGIN
	headings := coalesce(headings, '{Suppliers,Core industry,Buyers,Related,Not disclosed}');
	captions := coalesce(captions, '{of purchases,of sales,LQ,no data,itself:}');
	width := coalesce(width, 960);
	PERFORM kz_svg_chain_check(industries, roles, purchase_shares, sales_shares, lqs, headings, captions, width);
	size := greatest(width / 80.0, 9);
	margin := 2 * size;
	room := width - 2 * margin;
	id := 'kz' || left(md5((SELECT string_agg(industry || role, ' ' ORDER BY industry COLLATE "C", role) FROM unnest(industries, roles) AS t (industry, role))), 10);

	-- colours by quotient, hatched where there is none; without any quotient all boxes are grey
	SELECT * INTO class FROM kz_map_classes(coalesce(lqs, ARRAY[]::float8[]), '{0.5,1,1.5,2}', 5, 'diverging', 1, NULL);
	fills := ARRAY(SELECT CASE WHEN known = 0 THEN '#eceef1' ELSE coalesce(class.colours[width_bucket(lqs[i], class.cuts) + 1], format('url(#%s-none)', id)) END
				   FROM generate_series(1, cardinality(industries)) AS i ORDER BY i);
	IF known < cardinality(industries) THEN
		class.colours := class.colours || format('url(#%s-none)', id);
		class.ranges := class.ranges || format('%s <tspan fill="#6b7280">(%s)</tspan>', kz_svg_escape(captions[4]), cardinality(industries) - known);
	END IF;

	y := 1.5 * size;
	FOR part IN
		SELECT l AS lines, style, letters FROM (VALUES (1, title, 'font-weight="700"', 1.9 * size), (2, subtitle, 'fill="#4b5563"', 1.2 * size)) AS t (n, content, style, letters),
			kz_svg_lines(content, letters, room) AS l
		WHERE content <> '' ORDER BY n
	LOOP
		page := page || kz_svg_text(margin, y + part.letters, part.letters, part.style, part.lines) || chr(10);
		y := y + part.letters * (0.3 + 1.15 * cardinality(part.lines));
	END LOOP;
	y := y + 2 * size;
	page := page || format('<g text-anchor="middle" fill="#4b5563">%s</g>%s', (
		SELECT string_agg(kz_svg_text(width / 2.0 + (i - 2) * 0.365 * room, y, 1.1 * size, '', headings[i:i]), '' ORDER BY i) FROM generate_series(1, 3) AS i), chr(10));
	y := y + size;
	SELECT * INTO part FROM kz_svg_chain(industries, roles, purchase_shares, sales_shares, lqs, fills, captions, headings[4], width, size);
	page := page || format('<defs><pattern id="%1$s-none" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
			|| '<rect width="6" height="6" fill="#eceef1"/><path d="M1.5 0V6" stroke="#b4bac4" stroke-width="1.5"/></pattern></defs>%4$s<g transform="translate(0 %2$s)">%4$s%3$s</g>%4$s',
		id, round(y::numeric, 1), part.svg, chr(10));
	y := y + part.height + 1.5 * size;

	-- what is not disclosed, the legend, the source
	lines := kz_svg_lines(headings[5] || ': ' || (SELECT string_agg(industry, ', ' ORDER BY industry COLLATE "C") FROM unnest(industries, roles) AS t (industry, role) WHERE role = 'unknown'), size, room);
	IF lines IS NOT NULL THEN
		page := page || kz_svg_text(margin, y + size, size, 'fill="#4b5563"', lines) || chr(10);
		y := y + size * (1 + 1.15 * cardinality(lines));
	END IF;
	IF known > 0 THEN
		SELECT * INTO part FROM kz_svg_legend(margin, y, room, size, legend, class.colours, class.ranges);
		page := page || part.svg;
		y := part.bottom;
	END IF;
	IF source <> '' THEN
		lines := kz_svg_lines(source, 0.9 * size, room);
		page := page || kz_svg_text(margin, y + 1.2 * size, 0.9 * size, 'fill="#6b7280"', lines) || chr(10);
		y := y + 1.2 * size + size * cardinality(lines);
	END IF;
	y := y + 0.5 * margin;
	RETURN format('<svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img" aria-label="%3$s"'
			|| ' font-family="''Helvetica Neue'', Helvetica, Arial, ''Liberation Sans'', ''Noto Sans'', ''DejaVu Sans'', sans-serif" fill="#1f2937">%6$s%4$s<rect width="%1$s" height="%2$s" fill="#fff"/>%6$s%5$s</svg>%6$s',
		width, round(y::numeric), kz_svg_escape(concat_ws('. ', nullif(title, ''), nullif(subtitle, ''))), '<title>' || kz_svg_escape(nullif(title, '')) || '</title>' || chr(10), page, chr(10));
END
$$;
COMMENT ON FUNCTION kz_svg_value_chain(text[], text[], float8[], float8[], float8[], text, text, text, text, text[], text[], integer) IS
'A value chain as one complete SVG document: SELECT kz_svg_value_chain(array_agg(industry ORDER BY rank), array_agg(role ORDER BY rank), array_agg(purchase_share ORDER BY rank), array_agg(sales_share ORDER BY rank), array_agg(lq ORDER BY rank), title => ''...'') FROM kz_value_chain(...). The core is a bar in the middle, as high as all of its purchases and all of its sales; from each supplier on the left and to each buyer on the right runs a ribbon as thick as its share. An industry that is both stands on both sides; related ones stand, dashed, below the core; unknown ones are listed. Colours tell the location quotient: blues below 1, oranges from it on, hatched where it is not known, grey where none is. industries: labels or names in any language. title, subtitle, source, legend (its heading): texts. headings: of suppliers, core, buyers, related and not disclosed. captions: of purchases, of sales, LQ, no data, itself. width: in pixels; the height follows. A NULL option is its default. Errors name the industry concerned; there must be one core.';

-- a study

-- Since: 0.1.0
CREATE FUNCTION kz_study_value_chain(name text, flows regclass, seller_column name DEFAULT 'seller', buyer_column name DEFAULT 'buyer',
	value_column name DEFAULT 'value', threshold float8 DEFAULT 0.05) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_value_chain.name);
BEGIN
	IF (threshold >= 0 AND threshold < 'infinity') IS NOT TRUE THEN
		RAISE EXCEPTION USING ERRCODE = CASE WHEN threshold IS NULL THEN 'null_value_not_allowed' ELSE 'invalid_parameter_value' END,
			MESSAGE = format('threshold must not be %s', coalesce(threshold::text, 'null')), HINT = 'It is a share, a finite number from 0 up.';
	END IF;
	study := study || jsonb_build_object('flows', kz_study_relation(flows, 'flows'));
	study := study || jsonb_build_object('seller', kz_study_column(flows, seller_column, 'seller_column', 'a label'),
		'buyer', kz_study_column(flows, buyer_column, 'buyer_column', 'a label'), 'flow', kz_study_column(flows, value_column, 'value_column', 'a number'),
		'seller_text', quote_literal(seller_column), 'buyer_text', quote_literal(buyer_column), 'least_share', threshold::text);
	PERFORM kz_study_refuse(study, 'SELECT CASE WHEN s.{seller} IS NULL THEN {seller_text} ELSE {buyer_text} END FROM {flows} AS s WHERE s.{seller} IS NULL OR s.{buyer} IS NULL LIMIT 1',
		'null_value_not_allowed', 'column "{label}" of {flows} must not be null', 'Leave such rows out in a view.');
	PERFORM kz_study_refuse(study, $sql$SELECT '' WHERE NOT EXISTS (SELECT FROM {study}.coefficients AS c JOIN {flows} AS s
			ON c.industry COLLATE "C" IN (s.{seller}::text COLLATE "C", s.{buyer}::text COLLATE "C"))$sql$,
		'undefined_object', '{flows} has no industry of study {study}', 'Its industries must have the labels that the facts have: roll one of them up with a classification.');
	PERFORM kz_study_put(study, 'kz_study_value_chain', 'VIEW', 'value_chain', $sql$
WITH flows AS MATERIALIZED (
	SELECT {kz}.kz_matrix_agg(s.{seller}, s.{buyer}, s.{flow}::float8) AS matrix FROM {flows} AS s
), quotients AS MATERIALIZED (
	SELECT c.{period}, {kz}.kz_matrix_agg(c.region, c.industry, c.lq) AS matrix FROM {study}.coefficients AS c GROUP BY c.{period}
)
SELECT k.{period}, k.region, k.region_name, k.industry AS core, v.industry, v.role, v.rank, v.purchases, v.purchase_share, v.sales, v.sales_share, v.lq, v.present, v.status
FROM {study}.candidates AS k
JOIN quotients AS q ON q.{period} {period_equality} k.{period}
CROSS JOIN flows AS f
CROSS JOIN LATERAL {kz}.kz_value_chain(
	CASE WHEN k.industry = ANY ({kz}.kz_row_labels(f.matrix)) OR k.industry = ANY ({kz}.kz_col_labels(f.matrix)) THEN f.matrix END,
	k.industry, {least_share}::float8, coefficients => q.matrix, region => k.region) AS v
$sql$, $remark$The value chain around each candidate: the industries that its industry, the core, buys at least {least_share} of its purchases from or sells at least that share of its sales to, by {flows}, and whether they are in the region. Candidates of an industry that {flows} lacks have no rows.$remark$,
		jsonb_object('{core, "industry of the candidate",
			role, "core; supplier: of a large enough share of purchases; buyer: of a large enough share of sales; both; unknown: a flow is suppressed",
			rank, "0 for the core, 1 for the largest share of purchases or sales",
			purchases, "what the core buys from the industry, in the unit of {flows}",
			purchase_share, "purchases / all purchases of the core in {flows}",
			sales, "what the core sells to the industry",
			sales_share, "sales / all sales of the core in {flows}",
			lq, "location quotient of the industry in the region and period; NULL: unknown",
			present, "lq > 0: the industry is in the region",
			status, "ok; suppressed, negative, no base: of the flows; incomplete totals: shares are upper bounds"}'::text[]));
END
$$;
COMMENT ON FUNCTION kz_study_value_chain(text, regclass, name, name, name, float8) IS
'Adds to a study a view value_chain: for each candidate the suppliers and buyers of its industry, with their shares and their location quotient in the region. flows: a table or view with one or more rows for each pair of industries, labelled as in the facts; seller_column, buyer_column, value_column: who sells, who buys, and how much; NULL values are suppressed. threshold: the least share, as in kz_value_chain. Errors: no such study or column, a type that does not fit, NULL labels, no common industry, a view that is already there.';
