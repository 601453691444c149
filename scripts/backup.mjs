// `npm run backup -- FILE`: the whole database in one file, while the app runs or when it is stopped.
import { commandLine, summary } from './launcher/command-line.mjs';
import { withDatabase } from './launcher/database.mjs';
import { PlainError, run } from './launcher/plain-error.mjs';
import { importServerCode } from './launcher/server-code.mjs';

await run(async () => {
  const { file } = commandLine('npm run backup -- FILE', ['file']);
  const { connect, writeBackup } = await importServerCode('packages/db', 'index');
  await withDatabase(console.log, async (uri) => {
    const database = await connect(uri, { appName: 'mini-crm-backup' });
    try {
      const counts = await writeBackup(database.client, database.driver, file);
      console.log(`Backed up to ${file}:\n${summary(counts)}`);
    } catch (error) {
      if (['ENOENT', 'EACCES', 'ENOSPC', 'EISDIR'].includes(error.code)) throw new PlainError(error.message);
      throw error;
    } finally {
      await database.close();
    }
  });
});
