// SPDX-License-Identifier: BSL-1.0
//
// The same pairs by DuckDB, in the two forms that a user would write: a plain range join, and the best one known, by buckets of the
// window's width (each record asks its own and the next). Prints JSON: pairs, and the CPU time of each as nanoseconds a record.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , file] = process.argv;
const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
await db.run(`CREATE TABLE a AS SELECT * FROM read_csv('${file}', types = {'id': 'INTEGER', 'athlete': 'BIGINT', 'kind': 'INTEGER', 'start': 'BIGINT', 'duration': 'BIGINT', 'distance': 'BIGINT'})`);
const rows = Number((await (await db.run('SELECT count(*) FROM a')).getRows())[0][0]);

const alike = `100 * abs(x.duration - y.duration) <= 15 * greatest(x.duration, y.duration)
           AND 100 * abs(x.distance - y.distance) <= 10 * greatest(x.distance, y.distance)`;
const forms = {
    plain: `SELECT count(*) FROM a x JOIN a y ON x.athlete = y.athlete AND x.kind = y.kind AND x.id < y.id
            AND y.start BETWEEN x.start - 120000 AND x.start + 120000 WHERE ${alike}`,
    buckets: `WITH b AS (SELECT *, start // 120000 AS cell FROM a),
                   asked AS (SELECT *, cell AS wanted FROM b UNION ALL SELECT *, cell + 1 AS wanted FROM b)
              SELECT count(*) FROM asked x JOIN b y ON x.athlete = y.athlete AND x.kind = y.kind AND x.wanted = y.cell
              WHERE (x.wanted > x.cell OR x.id < y.id) AND abs(x.start - y.start) <= 120000 AND ${alike}`,
};
const out = { rows };
for (const [name, text] of Object.entries(forms)) {
    const times = [];
    for (let i = 0; i < 10; ++i) {
        const before = process.cpuUsage();
        const pairs = Number((await (await db.run(text)).getRows())[0][0]);
        const used = process.cpuUsage(before);
        if (i > 0) times.push((used.user + used.system) * 1000 / rows);  // the first one warms up
        out[name] = { pairs };
    }
    out[name].ns = times.sort((x, y) => x - y)[Math.floor(times.length / 2)];
}
console.log(JSON.stringify(out));
