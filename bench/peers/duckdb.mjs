// DuckDB: duckdb.mjs THREADS FILE TABLE
import { DuckDBInstance } from '@duckdb/node-api';

const [threads, path, table] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads });
const duckdb = await instance.connect();
const value = async (sql) => (await duckdb.runAndReadAll(sql)).getRows()[0][0];
const version = await value('SELECT version()');
const say = (form, what, began, answer) =>
	console.log([`DuckDB ${version}${form}`, threads, what, (performance.now() - began).toFixed(1), answer].join('\t'));

let began = performance.now();
await duckdb.run(`CREATE TABLE facts AS SELECT * FROM read_csv('${path}', columns = {region: 'VARCHAR', industry: 'VARCHAR', period: 'INTEGER', value: 'DOUBLE'}, header = true)`);
say('', 'load', began, '');

const sum = (keys) => (keys.length ? `(SELECT ${keys}, sum(value) AS s FROM facts GROUP BY ALL)` : '(SELECT sum(value) AS s FROM facts)');
const join = (name, keys) => (keys.length ? `JOIN ${sum(keys)} ${name} USING (${keys})` : `CROSS JOIN ${sum(keys)} ${name}`);
const over = (keys) => (keys.length ? `sum(value) OVER (PARTITION BY ${keys})` : 'sum(value) OVER ()');

for (const question of ['rows', 'pooled']) {
	const period = question === 'rows' ? ['period'] : [];
	const [pri, pr, pi] = [[...period, 'region', 'industry'], [...period, 'region'], [...period, 'industry']];
	const single = question === 'rows' && table !== 'several';
	const forms = {
		joins: `SELECT sum((${single ? 'value' : 'c.s'} / r.s) / (i.s / n.s)) FROM facts ${single ? '' : join('c', pri)}
			${join('r', pr)} ${join('i', pi)} ${join('n', period)}`,
		windows: `SELECT sum((v / r) / (i / n)) FROM (SELECT ${single ? 'value' : over(pri)} AS v, ${over(pr)} AS r, ${over(pi)} AS i, ${over(period)} AS n FROM facts)`,
	};
	for (const [form, sql] of Object.entries(forms)) {
		for (let turn = 0; turn < 5; turn++) {
			began = performance.now();
			const answer = await value(sql);
			say(`, ${form}`, question, began, answer);
		}
	}
}
