// `npm run restore -- FILE [--force]`: fills an empty database from a backup; --force replaces what it holds.
import { commandLine, summary } from './launcher/command-line.mjs';
import { runningOwner, withDatabase } from './launcher/database.mjs';
import { PlainError, run } from './launcher/plain-error.mjs';
import { importServerCode } from './launcher/server-code.mjs';

await run(async () => {
  const { file, force } = commandLine('npm run restore -- FILE [--force]', ['file'], ['force']);
  if (await runningOwner()) throw new PlainError('Stop Mini CRM first: it must not work while its data is replaced.');
  const { connect, restoreBackup, BackupError } = await importServerCode('packages/db', 'index');
  await withDatabase(console.log, async (uri) => {
    const database = await connect(uri, { appName: 'mini-crm-restore' });
    try {
      const counts = await restoreBackup(database.driver, file, { force });
      console.log('Making the indexes ...');
      await database.prepare();
      console.log(`Restored from ${file}:\n${summary(counts)}`);
    } catch (error) {
      throw error instanceof BackupError ? new PlainError(error.message) : error;
    } finally {
      await database.close();
    }
  });
});
