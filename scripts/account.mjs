// `npm run account -- reset-link EMAIL`: a link that sets a new password, for somebody whom no mail reaches.
import { commandLine } from './launcher/command-line.mjs';
import { runningUrl, withDatabase } from './launcher/database.mjs';
import { PlainError, run } from './launcher/plain-error.mjs';
import { importServerCode } from './launcher/server-code.mjs';

await run(async () => {
  const usage = 'npm run account -- reset-link EMAIL';
  const { command, email } = commandLine(usage, ['command', 'email']);
  if (command !== 'reset-link') throw new PlainError(`Usage: ${usage}`);
  const { connect } = await importServerCode('packages/db', 'index');
  const { readEnv } = await importServerCode('apps/server', 'env');
  const { makeResetLink } = await importServerCode('apps/server', 'accounts/account.usecases');
  const url = await runningUrl();
  await withDatabase(console.log, async (uri) => {
    const env = readEnv({ ...process.env, PUBLIC_URL: process.env.PUBLIC_URL || url, MONGODB_URI: uri });
    const database = await connect(uri, { appName: 'mini-crm-account' });
    try {
      const link = await makeResetLink({ database, env, now: () => new Date() }, email);
      if (!link) throw new PlainError(`Nobody signs in with ${email}.`);
      console.log(`Open this link within two hours to choose a new password:\n\n  ${link}\n`);
    } finally {
      await database.close();
    }
  });
});
