-- What comes of a query that should fail: SQLSTATE, message, detail and hint. Rolled back, and no ERROR line that a test could freeze by accident.
CREATE FUNCTION pg_temp.error(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  state text;
  message text;
  detail text;
  hint text;
BEGIN
  EXECUTE query;
  RETURN 'no error: ' || query;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN state || ' ' || message || CASE WHEN detail <> '' THEN E'\n      ' || detail ELSE '' END || CASE WHEN hint <> '' THEN E'\n      ' || hint ELSE '' END;
END $$;
