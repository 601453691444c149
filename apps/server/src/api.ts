import { buildApp } from './app.ts';
import { openChannel } from './delivery/channels/open-channel.ts';
import { systemMailer } from './delivery/mailer.ts';
import { openEngine } from './engine/open-engine.ts';
import { boot, stopOnSignal } from './process/boot.ts';

const { env, log, database } = await boot('api');
const mailer = systemMailer(env);
const now = () => new Date();
const channel = openChannel(database, env, now);
const { engine, feed } = openEngine({ database, env, log, now });
const app = await buildApp({ database, env, log, mailer, channel, feed, engine, now });

stopOnSignal(log, async () => {
  await feed.stop();
  await app.close();
  await engine.close();
  await mailer.close();
  await channel.close();
  await database.close();
});

try {
  await app.listen({ host: env.HOST, port: env.PORT });
  log.info({ host: env.HOST, port: env.PORT, publicUrl: env.publicUrl }, 'api listens');
} catch (error) {
  log.fatal({ err: error }, 'the api can not listen');
  process.exit(1);
}
