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

const several = table === 'several';
const sum = (keys) => `(SELECT ${keys}, sum(value) AS s FROM facts GROUP BY ALL)`;
const forms = {
	joins: `SELECT sum((${several ? 'c.s' : 'value'} / r.s) / (i.s / n.s)) FROM facts
		${several ? `JOIN ${sum('period, region, industry')} c USING (period, region, industry)` : ''}
		JOIN ${sum('period, region')} r USING (period, region) JOIN ${sum('period, industry')} i USING (period, industry) JOIN ${sum('period')} n USING (period)`,
	windows: `SELECT sum((v / r) / (i / n)) FROM (SELECT ${several ? 'sum(value) OVER (PARTITION BY period, region, industry)' : 'value'} AS v,
		sum(value) OVER (PARTITION BY period, region) AS r, sum(value) OVER (PARTITION BY period, industry) AS i, sum(value) OVER (PARTITION BY period) AS n FROM facts)`,
};
for (const [form, sql] of Object.entries(forms)) {
	for (let turn = 0; turn < 5; turn++) {
		began = performance.now();
		const answer = await value(sql);
		say(`, ${form}`, 'compute', began, answer);
	}
}
