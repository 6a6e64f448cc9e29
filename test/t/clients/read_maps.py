"""Reads the maps of studies as layers of QGIS, and their tables, as its user does: read_maps.py STUDY... beside the server of PGHOST."""
import os
import sys

os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')
import psycopg2
from qgis.core import (QgsApplication, QgsDataSourceUri, QgsFeatureRequest, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRectangle,
                       QgsVectorLayer, QgsWkbTypes)
from qgis.PyQt.QtCore import QSize

host, port, user, database = (os.environ[name] for name in ('PGHOST', 'PGPORT', 'PGUSER', 'PGDATABASE'))
session = psycopg2.connect(host=host, port=port, user=user, dbname=database)
cursor = session.cursor()
counts = {True: 0, False: 0}


def check(ok, what):
    counts[bool(ok)] += 1
    print('ok' if ok else 'not ok', what)


def rows(query, *values):
    cursor.execute(query, values)
    return cursor.fetchall()


def layer(study, name, geometry, key, condition):
    uri = QgsDataSourceUri()
    uri.setConnection(host, port, database, user, '')
    uri.setDataSource(study, name, geometry, condition, key)
    return QgsVectorLayer(uri.uri(False), name, 'postgres')


# what QGIS calls the types; a list is a list of strings
TYPES = {'integer': 'int4', 'bigint': 'int8', 'double precision': 'float8', 'text': 'text', 'boolean': 'bool', 'text[]': '_text', 'date': 'date'}

application = QgsApplication([], False)
application.initQgis()
for study in sys.argv[1:]:
    relations = rows('''SELECT c.relname, array_agg(a.attname ORDER BY a.attnum), array_agg(regexp_replace(format_type(a.atttypid, NULL), '^.*geometry$', 'geometry') ORDER BY a.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'v', 'm') AND c.relname NOT IN ('definition_columns', 'stored', 'log', 'watched')
        GROUP BY c.relname ORDER BY c.relname''', '"%s"' % study)
    for name, columns, types in relations:
        geometry = 'geom' if 'geom' in columns else ''
        # a view is given its key: the integer id of a map, or else the columns that tell its rows apart
        key = 'id' if 'id' in columns else ','.join('"%s"' % c for c, t in zip(columns, types) if t == 'text' or c == 'year')
        # the id of what has names in several languages is unique in one of them
        condition = "language = 'kk'" if 'language' in columns else ''
        relation = '"%s"."%s" WHERE %s' % (study, name, condition or 'true')
        this = layer(study, name, geometry or None, key, condition)
        what = '%s.%s: ' % (study, name)
        check(this.isValid(), what + 'a layer')
        check([(f.name(), f.typeName()) for f in this.fields()] == [(c, TYPES.get(t, t)) for c, t in zip(columns, types) if t != 'geometry'], what + 'types')
        (count, ), = rows('SELECT count(*) FROM ' + relation)
        check(this.featureCount() == count and sum(1 for _ in this.getFeatures()) == count, what + 'every row')
        if not geometry:
            continue
        check(this.crs().authid() == 'EPSG:4326' and this.wkbType() == QgsWkbTypes.MultiPolygon, what + 'SRID and type of the geometry')
        check(sorted(f['id'] for f in this.getFeatures()) == [i for i, in rows('SELECT id FROM %s ORDER BY id' % relation)], what + 'key')
        (number, lq), = rows('SELECT id, lq FROM %s ORDER BY id LIMIT 1' % relation)
        found = list(this.getFeatures(QgsFeatureRequest().setFilterExpression('"id" = %d' % number)))
        check(len(found) == 1 and found[0].geometry().isGeosValid() and found[0]['lq'] == lq, what + 'one feature')
        box = QgsFeatureRequest().setFilterRect(QgsRectangle(50, 44, 52, 46)).setSubsetOfAttributes(['id'], this.fields())
        check(sorted(f['id'] for f in this.getFeatures(box)) == [i for i, in rows(
            'SELECT id FROM %s AND geom && ST_MakeEnvelope(50, 44, 52, 46, 4326) ORDER BY id' % relation)], what + 'a filter by area')
        choice = "year = 2023 AND industry = 'C'" + (' AND ' + condition if condition else '')
        check(this.setSubsetString(choice) and this.featureCount() == rows("SELECT count(*) FROM %s AND year = 2023 AND industry = 'C'" % relation)[0][0], what + 'a filter by columns')
        # drawn: not a blank picture
        settings = QgsMapSettings()
        settings.setLayers([this])
        settings.setOutputSize(QSize(400, 250))
        settings.setExtent(this.extent())
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        picture = job.renderedImage()
        check(len({picture.pixel(x, y) for x in range(0, 400, 5) for y in range(0, 250, 5)}) > 1, what + 'a picture')
application.exitQgis()
print('%d passed, %d failed' % (counts[True], counts[False]))
sys.exit(0 if counts[True] and not counts[False] else 1)
