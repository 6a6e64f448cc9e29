-- Rules that every object of the extension keeps, read from the catalog.
-- Where a query says so, it must return no row.

CREATE TEMPORARY TABLE member AS
SELECT d.classid, d.objid, i.type, i.identity
FROM pg_depend d
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'kzcluster',
LATERAL pg_identify_object(d.classid, d.objid, 0) i
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e';

CREATE TEMPORARY TABLE function AS
SELECT p.*, p.oid::regprocedure::text AS signature
FROM pg_proc p
JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

-- no row: objects without a comment (row types and array types belong to their relation or type)
SELECT type, identity
FROM member
WHERE obj_description(objid, classid::regclass::name) IS NULL
  AND type NOT IN ('operator class', 'operator family')
  AND NOT (classid = 'pg_type'::regclass
           AND EXISTS (SELECT FROM pg_type t WHERE t.oid = objid AND (t.typrelid <> 0 OR t.typelem <> 0)))
ORDER BY type, identity COLLATE "C";

-- no row: names that do not start with kz_
SELECT type, identity
FROM member
LEFT JOIN pg_proc p ON classid = 'pg_proc'::regclass AND p.oid = objid
LEFT JOIN pg_class c ON classid = 'pg_class'::regclass AND c.oid = objid
LEFT JOIN pg_type t ON classid = 'pg_type'::regclass AND t.oid = objid
WHERE coalesce(p.proname, c.relname, ltrim(t.typname, '_'), 'kz_') NOT LIKE 'kz\_%';

-- no row: C functions whose symbol is not their name
SELECT signature, prosrc
FROM function
JOIN pg_language l ON l.oid = prolang
WHERE l.lanname = 'c' AND (prosrc NOT LIKE 'kz\_%' OR probin <> '$libdir/kzcluster');

-- no row: SQL functions whose body is a string, and PL/pgSQL functions that trust the caller's search_path
SELECT signature
FROM function
JOIN pg_language l ON l.oid = prolang
WHERE (l.lanname = 'sql' AND prosqlbody IS NULL)
   OR (l.lanname = 'plpgsql' AND NOT coalesce(array_to_string(proconfig, ' ') ~ 'search_path=pg_catalog, \S+, pg_temp', false))
   OR l.lanname NOT IN ('c', 'sql', 'plpgsql', 'internal')
   OR prosecdef;

-- no row: aggregates that combine without being parallel safe, or the other way round
SELECT signature
FROM function f
JOIN pg_aggregate a ON a.aggfnoid = f.oid
WHERE (a.aggcombinefn <> 0) <> (f.proparallel = 's');

-- no row: aggregates with an internal state, which cannot travel to another server
SELECT signature
FROM function f
JOIN pg_aggregate a ON a.aggfnoid = f.oid
WHERE a.aggtranstype = 'internal'::regtype;

-- no row: binary-coercible casts, which would let foreign bytes into a type
SELECT castsource::regtype, casttarget::regtype
FROM pg_cast c
JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
WHERE castmethod = 'b';

-- no row: operator classes that do not validate
WITH own AS MATERIALIZED (SELECT c.* FROM pg_opclass c JOIN member m ON m.classid = 'pg_opclass'::regclass AND m.objid = c.oid)
SELECT opcname
FROM own
WHERE NOT amvalidate(oid);

-- no row: operators whose commutator or negator does not know of it, or that compare without estimators
SELECT o.oid::regoperator
FROM pg_operator o
JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
LEFT JOIN pg_operator c ON c.oid = o.oprcom
LEFT JOIN pg_operator n ON n.oid = o.oprnegate
WHERE (o.oprcom <> 0 AND c.oprcom <> o.oid)
   OR (o.oprnegate <> 0 AND n.oprnegate <> o.oid)
   OR (o.oprresult = 'bool'::regtype AND (o.oprrest = 0 OR o.oprjoin = 0));

-- no row: types without a binary form or stored compressed
SELECT t.oid::regtype
FROM pg_type t
JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
WHERE t.typtype = 'b' AND t.typelem = 0 AND (t.typreceive = 0 OR t.typsend = 0 OR t.typstorage <> 'e');

-- no row: views that read with their owner's rights
SELECT c.oid::regclass
FROM pg_class c
JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
WHERE c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false);

-- every function as it was promised: volatility, strict, parallel, cost, rows
\pset format unaligned
SELECT signature, prokind AS kind, provolatile AS volatile, proisstrict AS strict, proparallel AS parallel,
       procost AS cost, prorows AS rows
FROM function
ORDER BY signature COLLATE "C";
