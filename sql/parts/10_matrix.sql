-- matrix: the type kz_matrix, its aggregates, readers and algebra

-- Since: 0.1.0
CREATE TYPE kz_matrix;

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_in(cstring) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_in(cstring) IS
'Reads a matrix from its text form.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_out(kz_matrix) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_out(kz_matrix) IS
'Writes a matrix in its text form.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_recv(internal) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_recv(internal) IS
'Reads a matrix from its binary form, which is checked in full.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_send(kz_matrix) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_send(kz_matrix) IS
'Writes a matrix in its binary form.';

-- Since: 0.1.0
CREATE TYPE kz_matrix (
	INPUT = kz_matrix_in,
	OUTPUT = kz_matrix_out,
	RECEIVE = kz_matrix_recv,
	SEND = kz_matrix_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = external
);
COMMENT ON TYPE kz_matrix IS
'Sparse matrix of double precision numbers with text labels on rows and columns. Text form: {"rows":[...],"cols":[...],"cells":[[row,col,value],...]}, numbered from 0; the value of a suppressed cell is null. An absent cell is a true zero. Every label has at least one cell; labels are sorted bytewise; equal matrices are equal bytes.';

-- order and equality: of the canonical bytes

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_eq(kz_matrix, kz_matrix) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_eq(kz_matrix, kz_matrix) IS
'Are two matrices the same: labels, cells, values to the last bit?';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_ne(kz_matrix, kz_matrix) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_ne(kz_matrix, kz_matrix) IS
'Do two matrices differ?';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_lt(kz_matrix, kz_matrix) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_lt(kz_matrix, kz_matrix) IS
'Order of the bytes of two matrices, for indexes and sorts; it has no other meaning.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_le(kz_matrix, kz_matrix) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_le(kz_matrix, kz_matrix) IS
'Order of the bytes of two matrices, for indexes and sorts; it has no other meaning.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_ge(kz_matrix, kz_matrix) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_ge(kz_matrix, kz_matrix) IS
'Order of the bytes of two matrices, for indexes and sorts; it has no other meaning.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_gt(kz_matrix, kz_matrix) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_gt(kz_matrix, kz_matrix) IS
'Order of the bytes of two matrices, for indexes and sorts; it has no other meaning.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_cmp(kz_matrix, kz_matrix) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_cmp(kz_matrix, kz_matrix) IS
'Compares the bytes of two matrices: -1, 0 or 1.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_hash(kz_matrix) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_hash(kz_matrix) IS
'Hashes the bytes of a matrix.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_hash_extended(kz_matrix, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_hash_extended(kz_matrix, bigint) IS
'Hashes the bytes of a matrix with a seed.';

-- Since: 0.1.0
CREATE OPERATOR = (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (kz_matrix, kz_matrix) IS 'same matrix';

-- Since: 0.1.0
CREATE OPERATOR <> (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (kz_matrix, kz_matrix) IS 'different matrix';

-- Since: 0.1.0
CREATE OPERATOR < (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (kz_matrix, kz_matrix) IS 'bytes less than';

-- Since: 0.1.0
CREATE OPERATOR <= (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (kz_matrix, kz_matrix) IS 'bytes less than or equal';

-- Since: 0.1.0
CREATE OPERATOR >= (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (kz_matrix, kz_matrix) IS 'bytes greater than or equal';

-- Since: 0.1.0
CREATE OPERATOR > (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (kz_matrix, kz_matrix) IS 'bytes greater than';

-- Since: 0.1.0
CREATE OPERATOR CLASS kz_matrix_ops DEFAULT FOR TYPE kz_matrix USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 kz_matrix_cmp(kz_matrix, kz_matrix);
COMMENT ON OPERATOR CLASS kz_matrix_ops USING btree IS
'Order of the canonical bytes: for DISTINCT, sorts and replication.';

-- Since: 0.1.0
CREATE OPERATOR CLASS kz_matrix_hash_ops DEFAULT FOR TYPE kz_matrix USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 kz_matrix_hash(kz_matrix),
	FUNCTION 2 kz_matrix_hash_extended(kz_matrix, bigint);
COMMENT ON OPERATOR CLASS kz_matrix_hash_ops USING hash IS
'Hash of the canonical bytes.';
COMMENT ON OPERATOR FAMILY kz_matrix_ops USING btree IS
'Order of the canonical bytes of matrices.';
COMMENT ON OPERATOR FAMILY kz_matrix_hash_ops USING hash IS
'Hash of the canonical bytes of matrices.';

-- casts

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_to_jsonb(kz_matrix) RETURNS jsonb
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_to_jsonb(kz_matrix) IS
'Returns the text form of a matrix as jsonb; the cast kz_matrix::jsonb calls it.';

-- Since: 0.1.0
CREATE CAST (kz_matrix AS jsonb) WITH FUNCTION kz_matrix_to_jsonb(kz_matrix);
COMMENT ON CAST (kz_matrix AS jsonb) IS 'the text form as jsonb';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_from_jsonb(jsonb) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_from_jsonb(jsonb) IS
'Reads a matrix from jsonb of its text form; the cast jsonb::kz_matrix calls it.';

-- Since: 0.1.0
CREATE CAST (jsonb AS kz_matrix) WITH FUNCTION kz_matrix_from_jsonb(jsonb);
COMMENT ON CAST (jsonb AS kz_matrix) IS 'jsonb of the text form';

-- aggregates

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_agg_transition(kz_matrix, "any", "any", float8) RETURNS kz_matrix
LANGUAGE C STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_agg_transition(kz_matrix, "any", "any", float8) IS
'Adds a row of facts to the state of kz_matrix_agg; only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_agg_inverse(kz_matrix, "any", "any", float8) RETURNS kz_matrix
LANGUAGE C STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_agg_inverse(kz_matrix, "any", "any", float8) IS
'Takes a row of facts away from the state of kz_matrix_agg; only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_sum_transition(kz_matrix, kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_sum_transition(kz_matrix, kz_matrix) IS
'Adds a matrix to the state of kz_matrix_sum; only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_combine(kz_matrix, kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_combine(kz_matrix, kz_matrix) IS
'Adds one state of an aggregate to another; only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_final(kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_final(kz_matrix) IS
'Returns the matrix of a state; only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_partial_final(kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_partial_final(kz_matrix) IS
'Returns a state in its partial form; only an aggregate may call it.';

-- Since: 0.1.0
CREATE AGGREGATE kz_matrix_agg("row" "any", "col" "any", value float8) (
	SFUNC = kz_matrix_agg_transition,
	STYPE = kz_matrix,
	SSPACE = 65536,
	FINALFUNC = kz_matrix_final,
	COMBINEFUNC = kz_matrix_combine,
	MSFUNC = kz_matrix_agg_transition,
	MINVFUNC = kz_matrix_agg_inverse,
	MSTYPE = kz_matrix,
	MSSPACE = 65536,
	MFINALFUNC = kz_matrix_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_matrix_agg("any", "any", float8) IS
'Aggregates facts to a matrix. Labels may be of any type and become text (dates in ISO form, char(n) without trailing blanks). Rows of the same labels add up; sums are exact and rounded once, so the result is the same bits for any plan and order of rows. A NULL value is suppressed and makes its cell so. No rows: NULL. Errors: a NULL label, NaN, an infinite value, a magnitude of 2^960 or more, a label of more than 65535 bytes, memory beyond kzcluster.max_matrix_memory.';

-- Since: 0.1.0
CREATE AGGREGATE kz_matrix_partial_agg("row" "any", "col" "any", value float8) (
	SFUNC = kz_matrix_agg_transition,
	STYPE = kz_matrix,
	SSPACE = 65536,
	FINALFUNC = kz_matrix_partial_final,
	COMBINEFUNC = kz_matrix_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_matrix_partial_agg("any", "any", float8) IS
'Aggregates facts like kz_matrix_agg, but keeps what is needed to go on exactly: the low parts of the sums and each cell''s numbers of rows and of suppressed rows. For storing: partial matrices add and subtract with + and -, a cell vanishes with its last row, and kz_matrix_sum turns them into a final matrix.';

-- Since: 0.1.0
CREATE AGGREGATE kz_matrix_sum(matrix kz_matrix) (
	SFUNC = kz_matrix_sum_transition,
	STYPE = kz_matrix,
	SSPACE = 65536,
	FINALFUNC = kz_matrix_final,
	COMBINEFUNC = kz_matrix_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_matrix_sum(kz_matrix) IS
'Adds matrices cell by cell on their labels: shards, periods, increments. Partial matrices give exactly what kz_matrix_agg gives of all their facts. A cell is suppressed if it is so in any matrix. NULL is ignored; no matrix: NULL. Error: more rows taken away from a cell than were in it.';

-- Since: 0.1.0
CREATE AGGREGATE kz_matrix_partial_sum(matrix kz_matrix) (
	SFUNC = kz_matrix_sum_transition,
	STYPE = kz_matrix,
	SSPACE = 65536,
	FINALFUNC = kz_matrix_partial_final,
	COMBINEFUNC = kz_matrix_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_matrix_partial_sum(kz_matrix) IS
'Adds matrices like kz_matrix_sum, but returns a partial matrix, for folding a log of increments into a stored one. A cell of a matrix that is not partial counts as one row.';

-- readers

-- Since: 0.1.0
CREATE FUNCTION kz_cells(matrix kz_matrix, fill boolean DEFAULT false)
RETURNS TABLE (row_label text, col_label text, value float8, status text)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cells(kz_matrix, boolean) IS
'Returns the cells of a matrix in order of their labels. status is ''ok'' or ''suppressed'', which has value NULL. With fill also the absent cells, as zeros.';

-- Since: 0.1.0
CREATE FUNCTION kz_row_totals(matrix kz_matrix)
RETURNS TABLE (label text, total float8, cells bigint, suppressed bigint)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_row_totals(kz_matrix) IS
'Returns the total of each row, with its number of cells and of suppressed cells. A total with suppressed cells is the sum of what is disclosed: a lower bound.';

-- Since: 0.1.0
CREATE FUNCTION kz_col_totals(matrix kz_matrix)
RETURNS TABLE (label text, total float8, cells bigint, suppressed bigint)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_col_totals(kz_matrix) IS
'Returns the total of each column, with its number of cells and of suppressed cells. A total with suppressed cells is the sum of what is disclosed: a lower bound.';

-- Since: 0.1.0
CREATE FUNCTION kz_total(matrix kz_matrix) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_total(kz_matrix) IS
'Returns the sum of all disclosed cells, rounded once; 0 for an empty matrix.';

-- Since: 0.1.0
CREATE FUNCTION kz_dims(matrix kz_matrix, OUT "rows" integer, OUT cols integer, OUT cells bigint, OUT suppressed bigint)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_dims(kz_matrix) IS
'Returns the numbers of rows, columns, cells and suppressed cells of a matrix.';

-- Since: 0.1.0
CREATE FUNCTION kz_value(matrix kz_matrix, "row" "any", "col" "any") RETURNS float8
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_value(kz_matrix, "any", "any") IS
'Returns the value of a cell: 0 where the cell is absent, NULL where it is suppressed or the matrix lacks a label.';

-- Since: 0.1.0
CREATE FUNCTION kz_row_labels(matrix kz_matrix) RETURNS text[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_row_labels(kz_matrix) IS
'Returns the row labels of a matrix, sorted bytewise.';

-- Since: 0.1.0
CREATE FUNCTION kz_col_labels(matrix kz_matrix) RETURNS text[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_col_labels(kz_matrix) IS
'Returns the column labels of a matrix, sorted bytewise.';

-- algebra, aligned on labels

-- Since: 0.1.0
CREATE FUNCTION kz_rows(matrix kz_matrix, labels text[]) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_rows(kz_matrix, text[]) IS
'Returns the rows with these labels; columns left without cells vanish. Error: a label that the matrix lacks.';

-- Since: 0.1.0
CREATE FUNCTION kz_cols(matrix kz_matrix, labels text[]) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cols(kz_matrix, text[]) IS
'Returns the columns with these labels; rows left without cells vanish. Error: a label that the matrix lacks.';

-- Since: 0.1.0
CREATE FUNCTION kz_transpose(matrix kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_transpose(kz_matrix) IS
'Swaps rows and columns.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_add(kz_matrix, kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_add(kz_matrix, kz_matrix) IS
'Adds two matrices on their labels; a cell that one lacks counts as zero. Suppressed if either is. Two partial matrices give a partial one.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_subtract(kz_matrix, kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_subtract(kz_matrix, kz_matrix) IS
'Subtracts a matrix on its labels; a cell that one lacks counts as zero. Suppressed if either is. Of two partial matrices it takes the rows away again: a cell vanishes with its last row.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_scale(kz_matrix, float8) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_scale(kz_matrix, float8) IS
'Multiplies every cell by a finite number.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_scale_commuted(float8, kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_scale_commuted(float8, kz_matrix) IS
'Multiplies every cell by a finite number.';

-- Since: 0.1.0
CREATE FUNCTION kz_matrix_product(kz_matrix, kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_matrix_product(kz_matrix, kz_matrix) IS
'Matrix product aligned on labels: columns of the left matrix with rows of the right. A roll-up by a classification (member x group, 1) and a conversion by a weighted crosswalk are such products. Each result is the exact sum of the products, rounded once. Suppressed if a factor with a non-zero partner is. Error: a column of the left matrix that is no row of the right one, for its values would be lost.';

-- Since: 0.1.0
CREATE OPERATOR + (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_add, COMMUTATOR = +
);
COMMENT ON OPERATOR + (kz_matrix, kz_matrix) IS 'sum, aligned on labels';

-- Since: 0.1.0
CREATE OPERATOR - (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_subtract
);
COMMENT ON OPERATOR - (kz_matrix, kz_matrix) IS 'difference, aligned on labels';

-- Since: 0.1.0
CREATE OPERATOR * (
	LEFTARG = kz_matrix, RIGHTARG = float8, FUNCTION = kz_matrix_scale, COMMUTATOR = *
);
COMMENT ON OPERATOR * (kz_matrix, float8) IS 'every cell times a number';

-- Since: 0.1.0
CREATE OPERATOR * (
	LEFTARG = float8, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_scale_commuted, COMMUTATOR = *
);
COMMENT ON OPERATOR * (float8, kz_matrix) IS 'every cell times a number';

-- Since: 0.1.0
CREATE OPERATOR * (
	LEFTARG = kz_matrix, RIGHTARG = kz_matrix, FUNCTION = kz_matrix_product
);
COMMENT ON OPERATOR * (kz_matrix, kz_matrix) IS 'matrix product, aligned on labels';
