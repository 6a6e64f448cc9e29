"""Prints what a driver makes of queries: read_views.py psycopg|odbc CONNECTION FILE, one query a line."""
import struct
import sys


def text(value):
    """A value as StudyNode.pm prints it."""
    if value is None:
        return r'\N'
    if isinstance(value, bool):
        return 'true' if value else 'false'
    if isinstance(value, float):
        return struct.pack('>d', value).hex()
    if isinstance(value, bytes):
        return value.hex().upper()
    if isinstance(value, list):
        return '{' + ','.join(value) + '}'
    return str(value)


def show(cursor, rows):
    """The types of the columns' values, or - if all are NULL, then the rows."""
    kinds = [{type(v).__name__ for v in column if v is not None} for column in zip(*rows)]
    print('#', *('/'.join(sorted(k)) or '-' for k in kinds))
    for row in rows:
        print('|'.join(map(text, row)))


driver, connection, path = sys.argv[1:]
queries = open(path, encoding='utf-8').read().splitlines()
sys.stdout.reconfigure(encoding='utf-8')
if driver == 'odbc':
    import pyodbc
    cursor = pyodbc.connect(connection).cursor()
    for query in queries:
        cursor.execute(query)
        show(cursor, cursor.fetchall())
else:
    import psycopg
    with psycopg.connect(connection) as session:
        for query in queries:
            with session.cursor(binary=driver == 'psycopg-binary') as cursor:
                cursor.execute(query, prepare=True)
                show(cursor, cursor.fetchall())
