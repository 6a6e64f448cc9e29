-- kz_value_chain, kz_svg_value_chain and kz_study_value_chain, on invented flows small enough to check by hand
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_value_chain;
SET search_path = study_value_chain, public;
CREATE TABLE flow (seller text, buyer text, value numeric);
COMMENT ON TABLE flow IS 'illustrative: invented for this test';
-- mills buy 50: 40 % grain, 30 % from themselves, 24 % power, 6 % paper; they sell 100: 15 to themselves, 60 to bakers, 24 to farms, 1 to power
INSERT INTO flow VALUES ('farm', 'mill', 20), ('mill', 'mill', 15), ('power', 'mill', 12), ('paper', 'mill', 3), ('mill', 'baker', 60), ('mill', 'farm', 24), ('mill', 'power', 1),
  ('power', 'paper', 9), ('farm', 'baker', 5), ('baker', 'inn', 7);
CREATE FUNCTION pg_temp.chain(core text, threshold float8 DEFAULT NULL, output float8 DEFAULT NULL, related kz_matrix DEFAULT NULL, related_threshold float8 DEFAULT NULL, coefficients kz_matrix DEFAULT NULL, region text DEFAULT NULL)
RETURNS TABLE (rank integer, industry text, role text, purchases float8, a numeric, sales float8, b numeric, relatedness float8, lq float8, present boolean, status text)
LANGUAGE SQL BEGIN ATOMIC
  SELECT c.rank, c.industry, c.role, c.purchases, round(purchase_share::numeric, 6), c.sales, round(sales_share::numeric, 6), c.relatedness, c.lq, c.present, c.status
  FROM (SELECT kz_matrix_agg(seller, buyer, value::float8) AS m FROM flow) f, kz_value_chain(m, core, threshold, output, related, related_threshold, coefficients, region) c ORDER BY c.rank;
END;
SELECT * FROM pg_temp.chain('mill');
SELECT * FROM pg_temp.chain('mill', 0.25);
SELECT * FROM pg_temp.chain('mill', 0);
-- of a total output of 200: input coefficients and allocation coefficients
SELECT * FROM pg_temp.chain('mill', 0.05, 200);
-- one that only buys, one that only sells
SELECT * FROM pg_temp.chain('inn');
SELECT * FROM pg_temp.chain('power');
-- what is related but not linked; a quotient in the region
SELECT * FROM pg_temp.chain('mill', 0.05, NULL, '{"rows":["mill"],"cols":["bank","farm","inn","school"],"cells":[[0,0,0.9],[0,1,0.8],[0,2,0.5],[0,3,0.4]]}', 0.5,
  '{"rows":["a","b"],"cols":["baker","farm","inn","mill","power"],"cells":[[0,0,0.5],[0,1,2],[0,2,null],[0,3,1.5],[1,4,3]]}', 'a');
SELECT industry, lq, present FROM pg_temp.chain('mill', 0.05, NULL, NULL, NULL, '{"rows":["a","b"],"cols":["baker","farm","inn","mill","power"],"cells":[[0,0,0.5],[0,1,2],[0,2,null],[0,3,1.5],[1,4,3]]}', 'b');
-- the shares are those of a plain query, the links of every industry those of the others
SELECT bool_and(abs(c.purchase_share - s.share) < 1e-15), count(*) FROM (SELECT seller, buyer, value / sum(value) OVER (PARTITION BY buyer) AS share FROM flow) s,
  (SELECT kz_matrix_agg(seller, buyer, value::float8) AS m FROM flow) f, kz_value_chain(m, s.buyer, 0) c WHERE c.industry = s.seller;
SELECT count(*) FROM kz_value_chain(NULL, 'mill');

-- suppressed: the flow is unknown, and the shares of the others are upper bounds; negative; nothing
UPDATE flow SET value = NULL WHERE seller = 'power' AND buyer = 'mill';
SELECT * FROM pg_temp.chain('mill');
SELECT * FROM pg_temp.chain('mill', 0.05, 200);
UPDATE flow SET value = NULL WHERE seller = 'farm';
SELECT * FROM pg_temp.chain('mill');
UPDATE flow SET value = -5 WHERE buyer = 'mill' AND seller IN ('power', 'farm');
SELECT * FROM pg_temp.chain('mill');
UPDATE flow SET value = -50 WHERE seller = 'power' AND buyer = 'mill';
SELECT * FROM pg_temp.chain('mill');
UPDATE flow SET value = 0 WHERE buyer = 'mill';
SELECT * FROM pg_temp.chain('mill');
UPDATE flow SET value = CASE seller WHEN 'farm' THEN 3 ELSE -3 END WHERE buyer = 'mill' AND seller IN ('farm', 'power');
SELECT * FROM pg_temp.chain('mill');
DELETE FROM flow WHERE value = 0;

-- errors
SELECT pg_temp.error(format('SELECT kz_value_chain(m, %s) FROM (SELECT kz_matrix_agg(seller, buyer, value::float8) AS m FROM flow) f', a)) FROM (VALUES (1, 'NULL'), (2, '''nobody'''), (3, '''mill'', -1'), (4, '''mill'', ''NaN'''),
  (5, '''mill'', output => 0'), (6, '''mill'', output => ''Infinity'''), (7, '''mill'', related_threshold => ''-Infinity'''), (8, '''mill'', region => ''a'''), (9, '''mill'', coefficients => m'),
  (10, '''mill'', coefficients => m, region => ''a''')) v (i, a) ORDER BY i;

-- the picture: one document, well formed, of whatever labels, the same for any order
UPDATE flow SET value = 12 WHERE seller = 'power' AND buyer = 'mill';
UPDATE flow SET value = 20 WHERE seller = 'farm' AND buyer = 'mill';
CREATE TEMP TABLE chain AS SELECT * FROM pg_temp.chain('mill', 0.05, NULL, '{"rows":["mill"],"cols":["bank"],"cells":[[0,0,0.9]]}', 0.5,
  '{"rows":["a"],"cols":["baker","farm","mill","power"],"cells":[[0,0,0.4],[0,1,2],[0,2,1.2],[0,3,0]]}', 'a');
SELECT kz_svg_value_chain(array_agg(industry ORDER BY rank), array_agg(role ORDER BY rank), array_agg(a ORDER BY rank), array_agg(b ORDER BY rank), array_agg(lq ORDER BY rank),
  title => 'Mills & more', subtitle => '"Invented"', source => '<nobody>') FROM chain;
SELECT count(DISTINCT svg) FROM (SELECT kz_svg_value_chain(array_agg(industry ORDER BY r), array_agg(role ORDER BY r), array_agg(a ORDER BY r), array_agg(b ORDER BY r), array_agg(lq ORDER BY r)) AS svg
  FROM (SELECT o, md5(rank::text || o) AS r, c.* FROM chain c, generate_series(1, 5) o) s GROUP BY o) t;
-- without quotients grey; a core alone; shares that are not known or sum to more than one; what is not disclosed; other words; names that are long and names that are code
SELECT kz_svg_value_chain('{x}', '{core}', '{NULL}', '{NULL}') NOT LIKE '%Location quotient%', kz_svg_value_chain('{x}', '{core}', '{NULL}', '{NULL}') LIKE '%fill="#eceef1" stroke="#111827"%';
SELECT svg LIKE '%Поставщики%' AND svg LIKE '%закупок%' AND svg LIKE '%секрет: q, r%' AND svg NOT LIKE '%<script>%' AND svg LIKE '%&lt;script&gt;%', (length(svg) - length(replace(svg, '<path d="M', ''))) / length('<path d="M')
FROM kz_svg_value_chain(ARRAY['мука', '<script>', repeat('long ', 40), 'r', 'q'], '{core,both,supplier,unknown,unknown}', '{NULL,0.9,0.9,NULL,NULL}', '{0,0.2,NULL,NULL,NULL}',
  headings => '{Поставщики,Ядро,Покупатели,Родственные,секрет}', captions => '{закупок,продаж,КЛ,нет данных,само:}', width => 400) svg;
SELECT kz_svg_value_chain('{x,y}', '{core,supplier}', '{0.5,0.5}', '{0,0}', '{1e300,-1e300}', title => '', headings => NULL, captions => NULL, width => NULL, source => NULL) LIKE '<svg %</svg>%';
SELECT pg_temp.error(format('SELECT kz_svg_value_chain(%s)', a)) FROM (VALUES (1, 'NULL, ''{core}'', ''{1}'', ''{1}'''), (2, '''{x}'', ''{core}'', ''{1}'', NULL'), (3, '''{x,y}'', ''{core}'', ''{1}'', ''{1}'''),
  (4, '''{x}'', ''{core}'', ''{1}'', ''{1}'', ''{1,2}'''), (5, '''{{x},{y}}'', ''{core,buyer}'', ''{1,1}'', ''{1,1}'''), (6, '''{NULL}'', ''{core}'', ''{1}'', ''{1}'''), (7, '''{x}'', ''{heart}'', ''{1}'', ''{1}'''),
  (8, '''{x}'', ''{NULL}'', ''{1}'', ''{1}'''), (9, '''{x}'', ''{core}'', ''{NaN}'', ''{1}'''), (10, '''{x}'', ''{core}'', ''{-1}'', ''{1}'''), (11, '''{x}'', ''{core}'', ''{1}'', ''{1}'', ''{Infinity}'''),
  (12, '''{x}'', ''{buyer}'', ''{1}'', ''{1}'''), (13, '''{x,y}'', ''{core,core}'', ''{1,1}'', ''{1,1}'''), (14, '''{}'', ''{}'', ''{}'', ''{}'''), (15, '''{x}'', ''{core}'', ''{1}'', ''{1}'', headings => ''{a}'''),
  (16, '''{x}'', ''{core}'', ''{1}'', ''{1}'', captions => ''{a,b,c,d,NULL}'''), (17, '''{x}'', ''{core}'', ''{1}'', ''{1}'', width => 399')) v (i, a) ORDER BY i;

-- a study
CREATE TABLE fact (year integer, region text, industry text, value float8);
INSERT INTO fact VALUES (1, 'a', 'mill', 30), (1, 'a', 'farm', 30), (1, 'a', 'baker', 5), (1, 'a', 'theatre', 40), (1, 'b', 'mill', 10), (1, 'b', 'farm', 5), (1, 'b', 'baker', 60), (1, 'b', 'theatre', 10),
  (2, 'a', 'mill', 5), (2, 'a', 'farm', NULL), (2, 'b', 'mill', 20), (2, 'b', 'farm', 10);
SELECT kz_create_study('s', 'fact', period_column => 'year');
SELECT kz_study_value_chain('s', 'flow');
SELECT year, region, core, industry, role, rank, round(purchase_share::numeric, 4) AS a, round(sales_share::numeric, 4) AS b, round(lq::numeric, 4) AS lq, present, status FROM s.value_chain ORDER BY year, region, core, rank;
-- the quotients are those of the study; the theatre, which no flow knows, has no chain
SELECT bool_and(v.lq = c.lq), count(*) FROM s.value_chain v JOIN s.coefficients c USING (year, region, industry) WHERE c.lq IS NOT NULL;
SELECT DISTINCT industry FROM s.candidates EXCEPT SELECT core FROM s.value_chain;
-- a view: it follows the flows
UPDATE flow SET value = 0.1 WHERE seller = 'farm' AND buyer = 'mill';
SELECT count(*) FROM s.value_chain WHERE core = 'mill' AND role = 'supplier' AND industry = 'farm';
SELECT obj_description('s.value_chain'::regclass);
SELECT count(*), count(col_description(attrelid, attnum)) FROM pg_attribute WHERE attrelid = 's.value_chain'::regclass AND attnum > 0;
SELECT pg_temp.error(format('SELECT kz_study_value_chain(%s)', a)) FROM (VALUES (1, 'NULL, ''flow'''), (2, '''t'', ''flow'''), (3, '''s'', NULL'), (4, '''s'', ''flow'', ''x'''), (5, '''s'', ''flow'', value_column => ''buyer'''),
  (6, '''s'', ''flow'', threshold => -1'), (7, '''s'', ''flow'', threshold => NULL'), (8, '''s'', ''flow'', threshold => ''NaN'''), (9, '''s'', ''flow''')) v (i, a) ORDER BY i;
SELECT pg_temp.error('INSERT INTO flow VALUES (NULL, ''mill'', 1); SELECT kz_study_value_chain(''s'', ''flow'')');
CREATE VIEW abroad AS SELECT upper(seller) AS seller, upper(buyer) AS buyer, value FROM flow;
SELECT pg_temp.error('SELECT kz_study_value_chain(''s'', ''abroad'')');
SELECT kz_drop_study('s');
DROP SCHEMA study_value_chain CASCADE;
