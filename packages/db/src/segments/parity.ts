import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { connect } from '../database.ts';
import { testMongoUri } from '../testing/test-database.ts';
import { runParity } from './run-parity.ts';

// `npm run parity -- --rules N --seed S`: as many random rules as wanted, on the mongod of MONGODB_URI, in a database of its own.
const { values } = parseArgs({
  options: { rules: { type: 'string', default: '2000' }, seed: { type: 'string' }, customers: { type: 'string' } },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const rules = Number(values.rules);
const seed = Number(values.seed ?? randomBytes(4).readUInt32LE());
if (!Number.isInteger(rules) || rules < 1 || !Number.isInteger(seed)) {
  throw new Error('parity: --rules and --seed take whole numbers');
}

const database = await connect(testMongoUri(), { dbName: `parity_${randomBytes(8).toString('hex')}` });
try {
  await database.prepare();
  say(`Seed ${seed}`);
  const report = await runParity(database, {
    rules,
    seed,
    ...(values.customers ? { customers: Number(values.customers) } : {}),
    onProgress: (done) => done % 100 === 0 && say(`${done} rules so far`),
  });
  for (const difference of report.differences) say(JSON.stringify(difference));
  say(`${report.rules} rules, ${report.differences.length} differences`);
  process.exitCode = report.differences.length > 0 ? 1 : 0;
} finally {
  await database.driver.dropDatabase();
  await database.close();
}
