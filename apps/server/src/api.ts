import { changeFeed } from '@mini-crm/db';
import { buildApp } from './app.ts';
import { systemMailer } from './delivery/mailer.ts';
import { boot, stopOnSignal } from './process/boot.ts';

const { env, log, database } = await boot('api');
const mailer = systemMailer(env);
const feed = changeFeed(database, log);
const app = await buildApp({ database, env, log, mailer, feed, now: () => new Date() });

stopOnSignal(log, async () => {
  await feed.stop();
  await app.close();
  await mailer.close();
  await database.close();
});

try {
  await app.listen({ host: env.HOST, port: env.PORT });
  log.info({ host: env.HOST, port: env.PORT, publicUrl: env.publicUrl }, 'api listens');
} catch (error) {
  log.fatal({ err: error }, 'the api can not listen');
  process.exit(1);
}
